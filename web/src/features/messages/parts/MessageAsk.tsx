import { Suspense } from 'react';
import type { Message } from '@/api/types';
import { useAskingParts } from '../asking';
import { useFeed } from './actions';
import { useIsActive } from './activeRow';

/** What a message asks, and what can be done about it. */
export function MessageAsk({ message }: { message: Message }) {
  const parts = useAskingParts();
  const { me_id, is_member, actions, in_topic } = useFeed();
  const tabIndex = useIsActive() ? 0 : -1;
  if (!parts) return null;
  const reply = () => (message.topic && !in_topic ? actions.topic(message) : actions.quote(message));
  return (
    <Suspense fallback={null}>
      <parts.Under message={message} me_id={me_id} is_member={is_member} tabIndex={tabIndex} onReply={reply} />
    </Suspense>
  );
}
