import type { ChannelRow, Id } from '@/api/types';
import { RoutineDialog } from './RoutineDialog';

type RepeatDialogProps = { channel: ChannelRow; topic_id: Id | null; text: string; onClose: () => void; onDone: () => void };

/** From a composer. */
export function RepeatDialog({ channel, topic_id, text, onClose, onDone }: RepeatDialogProps) {
  return <RoutineDialog kind="post" channel_id={channel.id} topic_id={topic_id} text={text} onClose={onClose} onDone={onDone} />;
}
