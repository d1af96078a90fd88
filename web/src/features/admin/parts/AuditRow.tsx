import type { AuditEntry } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { dateOf, formatDateTime } from '@/lib/time';
import { CardRow } from '@/ui/CardRow';
import { factsOf, sentenceOf, type Names } from '../model';
import { useText } from '../strings';
import styles from './Admin.module.css';

/** One deed as a sentence, with when and what changed. */
export function AuditRow({ entry, names }: { entry: AuditEntry; names: Names }) {
  const t = useText();
  const when = (at: number) => formatDateTime(at, currentLocale());
  const facts = factsOf(entry, names, t, when);
  return (
    <CardRow
      title={<span className={styles.sentence}>{sentenceOf(entry, names, t)}</span>}
      text={
        <>
          <time dateTime={dateOf(entry.at).toISOString()}>{when(entry.at)}</time>
          {facts.map((fact) => (
            <span key={fact}> · {fact}</span>
          ))}
        </>
      }
    />
  );
}
