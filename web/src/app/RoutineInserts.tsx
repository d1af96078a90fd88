import type { InsertProps } from '@/features/messages/cards';
import { WordsField } from '@/features/messages/parts/WordsField';
import { RoutineDialog } from '@/features/later/parts/RoutineDialog';

/** What comes back by itself, from a composer. */
export function RepeatInsert({ channel, topic_id, words, onClose, onDone }: InsertProps) {
  return <RoutineDialog kind="post" channel_id={channel.id} topic_id={topic_id} text={words} WordsField={WordsField} onClose={onClose} onDone={onDone} />;
}

/** A question that comes back, from a composer. */
export function CheckInInsert({ channel, topic_id, words, onClose, onDone }: InsertProps) {
  return <RoutineDialog kind="check_in" channel_id={channel.id} topic_id={topic_id} text={words} WordsField={WordsField} onClose={onClose} onDone={onDone} />;
}
