import type { Message } from '@/api/types';
import { PeoplePicker } from '@/features/spaces/parts/PeoplePicker';
import { ThanksForm } from '@/features/thanks/parts/ThanksForm';
import { usePerson } from '@/realtime/people';
import { useChannelRow } from '@/realtime/start';

/** Thanking whoever wrote a message, where they wrote it. */
export function ThanksMessage({ message, onClose }: { message: Message; onClose: () => void }) {
  const author = usePerson(message.author_id);
  const channel = useChannelRow(message.channel_id);
  if (!author || !channel) return null;
  return (
    <ThanksForm
      channel_id={message.channel_id}
      topic_id={message.topic_id}
      space_id={channel.space_id}
      people={[author]}
      text=""
      PickPeople={PeoplePicker}
      onClose={onClose}
      onDone={onClose}
    />
  );
}
