import { Suspense } from 'react';
import type { Message } from '@/api/types';
import { useCardParts } from '../cards';
import { useFeed } from './actions';
import { useIsActive } from './activeRow';

/** The seam to what the pages say to which a message leads. */
export function MessageLinks({ message, hrefs }: { message: Message; hrefs: readonly string[] }) {
  const parts = useCardParts();
  const { me_id, can_manage } = useFeed();
  const tabIndex = useIsActive() ? 0 : -1;
  if (!parts) return null;
  return (
    <Suspense fallback={null}>
      <parts.Links message={message} hrefs={hrefs} me_id={me_id} can_manage={can_manage} tabIndex={tabIndex} />
    </Suspense>
  );
}
