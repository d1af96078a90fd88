import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense, useEffect, useState } from 'react';
import { onLevelAsked, type LevelPlace } from '@/lib/levelDialog';

const LevelDialog = lazy(() => untilThere(() => import('@/features/notify/parts/LevelDialog')).then((module) => ({ default: module.LevelDialog })));

/** Shows how much I am told of in the place whose menu asks for it. */
export function LevelDialogs() {
  const [place, setPlace] = useState<LevelPlace | null>(null);
  useEffect(() => onLevelAsked(setPlace), []);
  if (!place) return null;
  return (
    <Suspense fallback={null}>
      <LevelDialog place={place} onClose={() => setPlace(null)} />
    </Suspense>
  );
}
