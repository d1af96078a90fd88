import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { useReminders } from '../reminderQueries';
import { useText } from '../strings';
import styles from './Later.module.css';
import { ReminderRow } from './ReminderRow';

/** What I am told of again: what I was told and am not done with first, then what is still to come. */
export function RemindersPart() {
  const t = useText();
  const reminders = useReminders();
  const items = reminders.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.reminders}>
      <h2 className={styles.heading}>{t('reminders')}</h2>
      {reminders.isPending && <Skeleton rows={2} />}
      {reminders.error && !reminders.data && <ErrorState error={reminders.error} onRetry={() => void reminders.refetch()} />}
      {reminders.data && items.length === 0 && <p className={styles.note}>{t('reminders_empty')}</p>}
      {items.length > 0 && (
        <ul className={styles.list} aria-label={t('reminders')}>
          {items.map((item) => (
            <ReminderRow key={item.id} reminder={item} />
          ))}
        </ul>
      )}
      {reminders.hasNextPage && (
        <Button tone="plain" busy={reminders.isFetchingNextPage} onClick={() => void reminders.fetchNextPage()}>
          {t('more_reminders')}
        </Button>
      )}
    </section>
  );
}
