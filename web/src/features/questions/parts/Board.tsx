import { useState } from 'react';
import type { Id, QuestionsView } from '@/api/types';
import { Button } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { partsOf } from '../model';
import { useQuestions } from '../queries';
import { useText } from '../strings';
import { AskForm } from './AskForm';
import { BoardFoot } from './BoardFoot';
import { QuestionList } from './QuestionList';
import styles from './Questions.module.css';

type BoardProps = {
  channel_id: Id;
  questions_id: Id;
  is_member: boolean;
  /** How many open questions are shown before one asks for all; `null`: everything is. */
  shown: number | null;
  tabIndex: 0 | -1;
};

/** Questions: what waits, what is asked, what was answered, and a line to ask in. */
export function Board({ channel_id, questions_id, ...how }: BoardProps) {
  const t = useText();
  const { data: view, error, refetch } = useQuestions(channel_id, questions_id);
  if (view) return <Loaded view={view} {...how} />;
  if (!error) {
    return (
      <div className={styles.board}>
        <Skeleton rows={3} />
      </div>
    );
  }
  return (
    <div className={styles.board}>
      <p className={styles.note}>{t('failed')}</p>
      <Button size="s" tabIndex={how.tabIndex} onClick={() => void refetch()}>
        {t('retry')}
      </Button>
    </div>
  );
}

type LoadedProps = Omit<BoardProps, 'channel_id' | 'questions_id'> & { view: QuestionsView };

function Loaded({ view, is_member, shown, tabIndex }: LoadedProps) {
  const t = useText();
  const [showsAll, setShowsAll] = useState(shown === null);
  const { open, waiting, answered, dismissed } = partsOf(view);
  const { questions } = view;
  const first = showsAll || shown === null ? open : open.slice(0, shown);
  const n_more = open.length - first.length + (showsAll ? 0 : answered.length + dismissed.length);
  const canAsk = is_member && !questions.closed;
  const each = { view, canVote: canAsk, tabIndex };
  return (
    <div className={styles.board} data-fills={shown === null || undefined} role="group" aria-label={t('questions')}>
      {canAsk && <AskForm questions={questions} waits={questions.moderated && !view.may_moderate} tabIndex={tabIndex} />}
      <QuestionList title={t('waiting')} questions={waiting} {...each} />
      <QuestionList title={null} questions={first} {...each} />
      {showsAll && <QuestionList title={t('answered')} questions={answered} {...each} />}
      {showsAll && <QuestionList title={t('dismissed')} questions={dismissed} {...each} />}
      {view.items.length === 0 && <p className={styles.note}>{questions.closed ? t('nothing_asked') : t('nothing_yet')}</p>}
      <BoardFoot
        view={view}
        n_open={open.length}
        n_answered={answered.length}
        n_more={n_more}
        onMore={shown === null ? null : () => setShowsAll(!showsAll)}
        showsAll={showsAll}
        tabIndex={tabIndex}
      />
      {!is_member && !questions.closed && <p className={styles.note}>{t('not_member')}</p>}
    </div>
  );
}
