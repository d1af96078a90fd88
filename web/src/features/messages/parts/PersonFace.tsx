import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Face } from '@/ui/Face';

/** `ofMember`: only of people, as a bot is a member of nothing. */
export function PersonFace({ id, size, ofMember }: { id: Id; size?: number; ofMember?: boolean }) {
  const person = usePerson(id);
  if (ofMember && person?.bot) return null;
  return <Face id={id} name={person?.name ?? ''} picture={person?.picture} size={size} />;
}
