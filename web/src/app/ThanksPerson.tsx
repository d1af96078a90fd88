import type { Id, Person } from '@/api/types';
import { PeoplePicker } from '@/features/spaces/parts/PeoplePicker';
import { ThanksForm } from '@/features/thanks/parts/ThanksForm';

/** Who is thanked, and in which conversation. */
export type Thanking = { person: Person; channel: { id: Id; space_id: Id | null }; topic_id: Id | null };

/** Thanking somebody from their card or their page. */
export function ThanksPerson({ person, channel, topic_id, onClose }: Thanking & { onClose: () => void }) {
  return (
    <ThanksForm
      channel_id={channel.id}
      topic_id={topic_id}
      space_id={channel.space_id}
      people={[person]}
      text=""
      PickPeople={PeoplePicker}
      onClose={onClose}
      onDone={onClose}
    />
  );
}
