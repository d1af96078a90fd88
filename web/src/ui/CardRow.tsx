import type { ReactNode } from 'react';
import styles from './CardList.module.css';

export type CardRowProps = {
  lead?: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  /** Chips and buttons at the end; below the text on a phone. */
  end?: ReactNode;
};

export function CardRow({ lead, title, text, end }: CardRowProps) {
  return (
    <li className={styles.row}>
      {lead && <span className={styles.lead}>{lead}</span>}
      <div className={styles.words}>
        <b>
          <bdi>{title}</bdi>
        </b>
        {text && (
          <p>
            <bdi>{text}</bdi>
          </p>
        )}
      </div>
      {end && <div className={styles.end}>{end}</div>}
    </li>
  );
}
