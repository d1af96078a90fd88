import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { StatusEmoji } from '@/ui/StatusEmoji';

export function PersonStatus({ id }: { id: Id }) {
  return <StatusEmoji status={usePerson(id)?.status} />;
}
