import { IconChevronUp } from '@tabler/icons-react';
import type { Question, QuestionsView } from '@/api/types';
import { formatNumber } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { usePerson } from '@/realtime/people';
import { Chip } from '@/ui/Chip';
import { tellRefusal } from '@/ui/tellRefusal';
import { useVoteForQuestion } from '../queries';
import { useText } from '../strings';
import { QuestionAnswer } from './QuestionAnswer';
import { QuestionMenu } from './QuestionMenu';
import styles from './Questions.module.css';

type QuestionRowProps = { question: Question; view: QuestionsView; canVote: boolean; tabIndex: 0 | -1 };

/** One question: how many want it answered, what it asks, and what came of it. */
export function QuestionRow({ question, view, canVote, tabIndex }: QuestionRowProps) {
  const t = useText();
  const { channel_id, id: questions_id } = view.questions;
  const vote = useVoteForQuestion(channel_id, questions_id);
  const takesVotes = canVote && ['open', 'now', 'waiting'].includes(question.state);
  const count = { count: question.n_votes };
  return (
    <li className={styles.row} data-state={question.state}>
      {takesVotes ? (
        <button
          type="button"
          className={styles.vote}
          aria-pressed={question.has_my_vote}
          aria-label={t('vote_for', { ...count, text: question.text })}
          tabIndex={tabIndex}
          onClick={() => settle(vote.mutateAsync({ id: question.id, votes: !question.has_my_vote }), { onError: tellRefusal })}
        >
          <IconChevronUp size={18} stroke={2} aria-hidden="true" />
          <b>{formatNumber(question.n_votes)}</b>
        </button>
      ) : (
        <span className={styles.vote} role="img" aria-label={t('votes', count)}>
          <b>{formatNumber(question.n_votes)}</b>
        </span>
      )}
      <div className={styles.words}>
        <p dir="auto">{question.text}</p>
        {question.merged.map((text, idx) => (
          <p key={idx} className={styles.merged}>
            {t('also')} <bdi>{text}</bdi>
          </p>
        ))}
        <p className={styles.meta}>
          <Author question={question} />
          {question.state === 'now' && <Chip tone="accent">{t('now')}</Chip>}
          {question.state === 'waiting' && !view.may_moderate && <Chip>{t('waits')}</Chip>}
        </p>
        {question.answer && <QuestionAnswer answer={question.answer} tabIndex={tabIndex} />}
      </div>
      <QuestionMenu question={question} view={view} tabIndex={tabIndex} />
    </li>
  );
}

function Author({ question }: { question: Question }) {
  const t = useText();
  if (question.author_id === null) return <span>{question.is_mine ? t('you_nameless') : t('nameless')}</span>;
  return <Name id={question.author_id} />;
}

function Name({ id }: { id: string }) {
  return <bdi>{usePerson(id)?.name ?? ''}</bdi>;
}
