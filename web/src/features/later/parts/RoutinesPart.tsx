import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { useRoutines } from '../routineQueries';
import { useText } from '../strings';
import type { WordsField } from '../wordsField';
import styles from './Later.module.css';
import { RoutineRow } from './RoutineRow';

/** What I let come back by itself; nothing where there is none. */
export function RoutinesPart({ WordsField }: { WordsField: WordsField }) {
  const t = useText();
  const { data, error, refetch } = useRoutines();
  if (data?.length === 0) return null;
  return (
    <section>
      <h2 className={styles.heading}>{t('routines')}</h2>
      {!data && !error && <Skeleton rows={2} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && (
        <ul className={styles.list} aria-label={t('routines')}>
          {data.map((routine) => (
            <RoutineRow key={routine.id} routine={routine} WordsField={WordsField} />
          ))}
        </ul>
      )}
    </section>
  );
}
