import type { Id, Message } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { ThanksItem } from './ThanksItem';

/** In the menu of a message that somebody else wrote. */
export function ThankAuthorItem({ message, me_id, onChoose }: { message: Message; me_id: Id; onChoose: (kind: string) => void }) {
  const author = usePerson(message.author_id);
  if (!author || author.bot || author.deactivated || author.id === me_id) return null;
  return <ThanksItem onChoose={onChoose} />;
}
