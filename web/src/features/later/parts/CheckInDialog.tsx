import type { ChannelRow, Id } from '@/api/types';
import { RoutineDialog } from './RoutineDialog';

type CheckInDialogProps = { channel: ChannelRow; topic_id: Id | null; text: string; onClose: () => void; onDone: () => void };

/** From a composer. */
export function CheckInDialog({ channel, topic_id, text, onClose, onDone }: CheckInDialogProps) {
  return <RoutineDialog kind="check_in" channel_id={channel.id} topic_id={topic_id} text={text} onClose={onClose} onDone={onDone} />;
}
