import type { ListLook } from '@/api/types';
import { useText } from '../strings';
import styles from './List.module.css';

/** The report has all of them; a screen is for looking. */
const SHOWN_MAX = 50;

/** The lines that are left out, and why. */
export function ListOutcome({ look }: { look: ListLook }) {
  const t = useText();
  const left = look.lines.filter((line) => line.state !== 'new');
  if (left.length === 0) return null;
  const more = left.length - SHOWN_MAX;
  return (
    <section className={styles.left} aria-label={t('list_lines')}>
      <p>{t('list_n_left', { count: left.length })}</p>
      <ul tabIndex={0} aria-label={t('list_lines')}>
        {left.slice(0, SHOWN_MAX).map(({ line, mail, state }) => (
          <li key={line}>
            <bdi>{t('list_line', { line, mail })}</bdi> {t(`list_state_${state}`)}
          </li>
        ))}
        {more > 0 && <li>{t('list_more', { count: more })}</li>}
      </ul>
    </section>
  );
}
