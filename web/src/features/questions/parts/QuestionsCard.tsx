import type { Message } from '@/api/types';
import { Board } from './Board';

// More of what is asked comes with a press.
const SHOWN = 3;

/** Questions under what they are about. */
export function QuestionsCard({ message, is_member, tabIndex }: { message: Message; is_member: boolean; tabIndex: 0 | -1 }) {
  return <Board channel_id={message.channel_id} questions_id={message.card?.id ?? ''} is_member={is_member} shown={SHOWN} tabIndex={tabIndex} />;
}
