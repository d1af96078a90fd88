import type { InsertProps } from '@/features/messages/cards';
import { PeoplePicker } from '@/features/spaces/parts/PeoplePicker';
import { ThanksForm } from '@/features/thanks/parts/ThanksForm';
import { listKnownPeople } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { useQueryClient } from '@tanstack/react-query';

/** Thanking from a composer; in a direct conversation whoever is in it is chosen already. */
export function ThanksInsert({ channel, topic_id, text, onClose, onDone }: InsertProps) {
  const me_id = useMe()?.id;
  const known = listKnownPeople(useQueryClient());
  const others = channel.kind === 'direct' ? known.filter(({ id }) => id !== me_id && channel.people.includes(id)) : [];
  return (
    <ThanksForm
      channel_id={channel.id}
      topic_id={topic_id}
      space_id={channel.space_id}
      people={others}
      text={text}
      PickPeople={PeoplePicker}
      onClose={onClose}
      onDone={onDone}
    />
  );
}
