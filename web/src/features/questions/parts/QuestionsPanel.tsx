import type { Id } from '@/api/types';
import { useChannelRow } from '@/realtime/start';
import { Board } from './Board';

/** All of a board, for the side of another screen. Which board belongs to a place says `useBoardOf`. */
export function QuestionsPanel({ channel_id, questions_id }: { channel_id: Id; questions_id: Id }) {
  const is_member = useChannelRow(channel_id) !== undefined;
  return <Board channel_id={channel_id} questions_id={questions_id} is_member={is_member} shown={null} tabIndex={0} />;
}
