import { useText } from '../strings';
import styles from './Numbers.module.css';

export type WeekBar = { week: string; said: string; minutes: number; more?: string };

/** A chart that is a table: whoever does not see the bars reads the same beside them. */
export function WeeksTable({ caption, heads, weeks }: { caption: string; heads: readonly string[]; weeks: WeekBar[] }) {
  const t = useText();
  const most = Math.max(...weeks.map(({ minutes }) => minutes), 1);
  return (
    <table className={styles.weeks}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('week')}</th>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map(({ week, said, minutes, more }) => (
          <tr key={week}>
            <th scope="row">{week}</th>
            <td className={styles.barred}>
              {said}
              {minutes > 0 && <span className={styles.bar} style={{ inlineSize: `${(100 * minutes) / most}%` }} aria-hidden="true" />}
            </td>
            {more !== undefined && <td>{more}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
