import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { currentPlace, subscribeToPlace } from './location';
import { PlaceContext } from './placeContext';

/** Tells the tree where the browser stands. The old screen stays until the chunk of the new one is here. */
export function PlaceProvider({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState(currentPlace);
  useEffect(() => {
    const update = () => startTransition(() => setPlace(currentPlace()));
    update();
    return subscribeToPlace(update);
  }, []);
  return <PlaceContext value={place}>{children}</PlaceContext>;
}
