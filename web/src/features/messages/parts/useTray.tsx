import { Suspense, useCallback, useState, type ReactNode } from 'react';
import { useAttachmentParts, type IncomingFile, type TrayState } from '../attachments';

const NOTHING: TrayState = { files: [], n_waiting: 0, clear: () => undefined };

export type ComposerFiles = TrayState & {
  /** The cards, or nothing. */
  cards: ReactNode;
  /** Absent where files cannot be sent. */
  add: ((files: readonly File[]) => void) | null;
  record: (() => void) | null;
};

/** The files of a composer: those beside its text, and the ways in which they come. */
export function useTray(place: string): ComposerFiles {
  const parts = useAttachmentParts();
  const [incoming, setIncoming] = useState<readonly IncomingFile[]>([]);
  const [state, setState] = useState<TrayState>(NOTHING);
  const [isRecording, setRecording] = useState(false);
  const taken = useCallback(() => setIncoming([]), []);
  if (!parts) return { ...NOTHING, cards: null, add: null, record: null };
  return {
    ...state,
    cards: (
      <Suspense fallback={null}>
        <parts.Tray place={place} incoming={incoming} onTaken={taken} onState={setState} />
        {isRecording && (
          <parts.Recorder onRecorded={(recorded) => setIncoming((before) => [...before, recorded])} onClose={() => setRecording(false)} />
        )}
      </Suspense>
    ),
    add: (files) => setIncoming((before) => [...before, ...files.map((file) => ({ file }))]),
    record: () => setRecording(true),
  };
}
