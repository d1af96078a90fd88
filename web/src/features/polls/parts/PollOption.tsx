import { IconCheck } from '@tabler/icons-react';
import type { PollView } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Face } from '@/ui/Face';
import { percentOf } from '../voting';
import { useText } from '../strings';
import styles from './PollCard.module.css';

// More faces than these are a number.
const MAX_FACES = 4;

export type PollOptionProps = {
  option: PollView['poll']['options'][number];
  n_voters: number;
  isMine: boolean;
  /** A box, of which several can be ticked; else a circle. */
  isSquare: boolean;
  hasResult: boolean;
  tabIndex: 0 | -1;
  /** `null`: one can only look. */
  onChoose: (() => void) | null;
};

/** One answer: a press votes for it, another takes the vote back; behind it how many chose it. */
export function PollOption({ option, n_voters, isMine, isSquare, hasResult, tabIndex, onChoose }: PollOptionProps) {
  const t = useText();
  const percent = percentOf(option.n, n_voters);
  const inside = (
    <>
      {hasResult && <span className={styles.bar} style={{ inlineSize: `${percent}%` }} />}
      <span className={styles.mark} data-square={isSquare || undefined} aria-hidden="true">
        {isMine && <IconCheck size={14} stroke={3} />}
      </span>
      <span className={styles.text} dir="auto">
        {option.text}
      </span>
      {hasResult && <span className="visually-hidden">{t('option_result', { count: option.n, percent })}</span>}
      {hasResult && (
        <span className={styles.result} aria-hidden="true">
          {option.people.slice(0, MAX_FACES).map((id) => (
            <Voter key={id} id={id} />
          ))}
          <b>{option.n}</b>
        </span>
      )}
    </>
  );
  if (!onChoose) {
    return (
      <p className={styles.option} data-mine={isMine || undefined}>
        {inside}
      </p>
    );
  }
  return (
    <button
      type="button"
      className={styles.option}
      data-mine={isMine || undefined}
      aria-pressed={isMine}
      tabIndex={tabIndex}
      onClick={onChoose}
    >
      {inside}
    </button>
  );
}

function Voter({ id }: { id: string }) {
  const person = usePerson(id);
  return person ? <Face {...person} size={18} /> : null;
}
