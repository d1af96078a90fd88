import type { Message } from '@/api/types';
import { BlockDialog } from './BlockDialog';

/** From the menu of a message. */
export function BlockAuthorDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  return <BlockDialog personId={message.author_id} onClose={onClose} />;
}
