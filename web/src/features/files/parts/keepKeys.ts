import type { KeyboardEvent } from 'react';

/** Keys that move inside a player must not move on to another message. */
export function keepKeys(event: KeyboardEvent): void {
  if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End' || event.key === ' ') event.stopPropagation();
}
