import { currentLocale } from '@/i18n/core';
import { sayTime } from '@/lib/sayTime';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { Face } from '@/ui/Face';
import { Skeleton } from '@/ui/Skeleton';
import { tellRefusal } from '@/ui/tellRefusal';
import { useMissing, useRemind } from '../queries';
import { useText } from '../strings';
import type { AskDialogProps } from './AskDialogs';
import styles from './Asks.module.css';

/** Who has not said yet that they have read it; they can be reminded once. */
export function MissingDialog({ ask, onClose }: AskDialogProps) {
  const t = useText();
  const { data, error, refetch } = useMissing(ask);
  const remind = useRemind();
  const reminded_at = remind.data?.ask.reminded_at ?? ask.reminded_at;
  const n_hidden = data ? data.n_missing - data.people.length : 0;
  return (
    <Dialog
      title={t('missing_title')}
      hint={data && t('missing_count', { count: data.n_missing, asked: data.n_asked })}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('close')}
          </Button>
          {reminded_at === null && data !== undefined && data.n_missing > 0 && (
            <Button tone="primary" busy={remind.isPending} onClick={() => settle(remind.mutateAsync(ask), { onError: tellRefusal })}>
              {t('remind')}
            </Button>
          )}
        </>
      }
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} />}
      {reminded_at !== null && <p className={styles.away}>{t('reminded', { time: sayTime(reminded_at, Date.now() * 1000, currentLocale()) })}</p>}
      <ul className={styles.people}>
        {data?.people.map((person) => (
          <li key={person.id}>
            <Face {...person} size={24} />
            <bdi>{person.name}</bdi>
          </li>
        ))}
      </ul>
      {n_hidden > 0 && <p className={styles.away}>{t('missing_more', { count: n_hidden })}</p>}
    </Dialog>
  );
}
