import type { ExcerptPart } from '@/api/types';
import styles from './Excerpt.module.css';

/** The place that was found; what was looked for is marked. */
export function Excerpt({ parts }: { parts: readonly ExcerptPart[] }) {
  return (
    <span dir="auto" className={styles.excerpt}>
      {parts.map((part, idx) => (part.hit ? <mark key={idx}>{part.text}</mark> : <span key={idx}>{part.text}</span>))}
    </span>
  );
}
