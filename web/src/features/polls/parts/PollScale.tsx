import type { Poll } from '@/api/types';
import { useText } from '../strings';
import { heightOf } from '../voting';
import styles from './PollScale.module.css';

type PollScaleProps = {
  poll: Poll;
  mine: readonly number[];
  hasResult: boolean;
  tabIndex: 0 | -1;
  /** `null`: one can only look. */
  onChoose: ((idx: number) => void) | null;
};

/** Steps side by side: a press on one chooses it, and above each stands how many did. */
export function PollScale({ poll, mine, hasResult, tabIndex, onChoose }: PollScaleProps) {
  const t = useText();
  return (
    <div className={styles.scale}>
      <div className={styles.steps} role="group" aria-label={t('choose_step')} data-result={hasResult || undefined}>
        {poll.options.map((option, idx) => {
          const isMine = mine.includes(idx);
          const inside = (
            <>
              {hasResult && (
                <span className={styles.column} aria-hidden="true">
                  <small>{option.n > 0 && option.n}</small>
                  <span className={styles.bar} style={{ blockSize: `${heightOf(option.n, poll) / 2}px` }} />
                </span>
              )}
              <span className={styles.number}>{option.text}</span>
              {hasResult && <span className="visually-hidden">{t('step_result', { count: option.n })}</span>}
            </>
          );
          const shown = { className: styles.step, 'data-mine': isMine || undefined };
          if (!onChoose) {
            return (
              <span key={idx} {...shown}>
                {inside}
              </span>
            );
          }
          return (
            <button key={idx} type="button" {...shown} aria-pressed={isMine} tabIndex={tabIndex} onClick={() => onChoose(idx)}>
              {inside}
            </button>
          );
        })}
      </div>
      {(poll.ends?.low || poll.ends?.high) && (
        <p className={styles.ends}>
          <bdi>{poll.ends.low}</bdi>
          <bdi>{poll.ends.high}</bdi>
        </p>
      )}
    </div>
  );
}
