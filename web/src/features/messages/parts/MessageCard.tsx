import { Suspense } from 'react';
import type { Message } from '@/api/types';
import { useCardParts } from '../cards';
import { useFeed } from './actions';
import { useIsActive } from './activeRow';

/** What another feature has put under a message. A kind that this app does not know is left out: the text says what it is. */
export function MessageCard({ message }: { message: Message }) {
  const parts = useCardParts();
  const { me_id, is_member, can_manage } = useFeed();
  const tabIndex = useIsActive() ? 0 : -1;
  const Card = message.card ? parts?.cards[message.card.kind] : undefined;
  if (!Card) return null;
  return (
    <Suspense fallback={null}>
      <Card message={message} me_id={me_id} is_member={is_member} can_manage={can_manage} tabIndex={tabIndex} />
    </Suspense>
  );
}
