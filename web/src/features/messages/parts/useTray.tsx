import { Suspense, useState, type ReactNode } from 'react';
import { useAttachmentParts, type TrayState } from '../attachments';

const NOTHING: TrayState = { files: [], n_waiting: 0, n_asking: 0, clear: () => undefined, bring: null };

/** The files of a composer: those beside its text, and the parts that show and take them. */
export function useTray(place: string): TrayState & { cards: ReactNode; buttons: ReactNode } {
  const parts = useAttachmentParts();
  const [state, setState] = useState(NOTHING);
  const cards = parts && (
    <Suspense fallback={null}>
      <parts.Tray place={place} onState={setState} />
    </Suspense>
  );
  const buttons = parts && (
    <Suspense fallback={null}>
      <parts.Buttons place={place} />
    </Suspense>
  );
  return { ...state, cards, buttons };
}
