import type { Id } from '@/api/types';

export function MessageLink({ messageId }: { messageId: Id }) {
  return <main>{messageId}</main>;
}
