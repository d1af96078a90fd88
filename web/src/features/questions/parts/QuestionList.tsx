import { useId } from 'react';
import type { Question, QuestionsView } from '@/api/types';
import { QuestionRow } from './QuestionRow';
import styles from './Questions.module.css';

type QuestionListProps = { title: string | null; questions: Question[]; view: QuestionsView; canVote: boolean; tabIndex: 0 | -1 };

export function QuestionList({ title, questions, ...each }: QuestionListProps) {
  const titleId = useId();
  if (questions.length === 0) return null;
  return (
    <div className={styles.part}>
      {title !== null && (
        <p id={titleId} className={styles.title}>
          {title}
        </p>
      )}
      <ol className={styles.list} aria-labelledby={title === null ? undefined : titleId}>
        {questions.map((question) => (
          <QuestionRow key={question.id} question={question} {...each} />
        ))}
      </ol>
    </div>
  );
}
