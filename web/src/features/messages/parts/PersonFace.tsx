import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Face } from '@/ui/Face';

export function PersonFace({ id, size }: { id: Id; size?: number }) {
  const person = usePerson(id);
  return <Face id={id} name={person?.name ?? ''} picture={person?.picture} size={size} />;
}
