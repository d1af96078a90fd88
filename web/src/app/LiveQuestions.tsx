import type { Id } from '@/api/types';
import { QuestionsPanel } from '@/features/questions/parts/QuestionsPanel';
import { useBoardOf } from '@/features/questions/queries';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { useText } from './strings';

/** The questions that are collected in the topic of a session. */
export function LiveQuestions({ channel_id, topic_id }: { channel_id: Id; topic_id: Id }) {
  const t = useText();
  const { data: board, error, isPending, refetch } = useBoardOf(channel_id, topic_id);
  if (isPending) return <Skeleton rows={3} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return board ? <QuestionsPanel channel_id={channel_id} questions_id={board.id} /> : <EmptyState text={t('no_questions')} />;
}
