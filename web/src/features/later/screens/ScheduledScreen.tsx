import { IconCalendarTime } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { keepFocus } from '@/ui/keepFocus';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import styles from '../parts/Later.module.css';
import { RemindersPart } from '../parts/RemindersPart';
import { RoutinesPart } from '../parts/RoutinesPart';
import { ScheduledRow } from '../parts/ScheduledRow';
import { useScheduled } from '../queries';
import { useReminders } from '../reminderQueries';
import { useRoutines } from '../routineQueries';
import { useText } from '../strings';
import type { WordsField } from '../wordsField';

/** Everything of mine that waits for its time, and what could not be posted first of all. */
export function ScheduledScreen({ WordsField }: { WordsField: WordsField }) {
  const t = useText();
  const { data, error, refetch } = useScheduled();
  const { data: routines } = useRoutines();
  const { data: reminders } = useReminders();
  // The page is empty where nothing of all this is there; else what is missing is a line above the rest.
  const hasMore = (routines?.length ?? 0) > 0 || reminders?.pages.some((page) => page.items.length > 0) === true;
  const failed = data?.filter((item) => item.failed !== null) ?? [];
  const waiting = data?.filter((item) => item.failed === null) ?? [];
  return (
    <Pane>
      <PaneHeader title={t('scheduled')} icon={<IconCalendarTime size={19} stroke={1.6} aria-hidden="true" />} subtitle={t('scheduled_subtitle')} />
      <PaneBody>
        <div ref={keepFocus} className={styles.sheet}>
          {!data && !error && <Skeleton rows={5} />}
          {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
          {data?.length === 0 &&
            (hasMore ? (
              <p className={styles.note}>{t('scheduled_empty')}</p>
            ) : (
              <EmptyState icon={<IconCalendarTime size={28} stroke={1.4} aria-hidden="true" />} text={t('scheduled_empty')} />
            ))}
          {failed.length > 0 && (
            <section>
              <h2 className={styles.heading}>{t('could_not')}</h2>
              <ul className={styles.list}>
                {failed.map((item) => (
                  <ScheduledRow key={item.id} scheduled={item} />
                ))}
              </ul>
            </section>
          )}
          {waiting.length > 0 && (
            <section>
              <h2 className={styles.heading}>{t('waiting')}</h2>
              <ul className={styles.list}>
                {waiting.map((item) => (
                  <ScheduledRow key={item.id} scheduled={item} />
                ))}
              </ul>
            </section>
          )}
          <RoutinesPart WordsField={WordsField} />
          <RemindersPart />
        </div>
      </PaneBody>
    </Pane>
  );
}
