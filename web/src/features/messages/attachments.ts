/**
 * The seam to files: what messages need of them, given in by the app. Without it the composer has no files, and messages
 * show none.
 */
import { createContext, useContext, type ComponentType } from 'react';
import type { Attachment, Id } from '@/api/types';

/** What is beside the text of a composer. */
export type TrayState = {
  /** What has arrived, in order. */
  files: readonly Attachment[];
  /** What is still on its way. */
  n_waiting: number;
  /** What is large and waits for its owner's word. */
  n_asking: number;
  /** These belong to a message now. */
  clear: (ids: readonly Id[]) => void;
  /** These come back from a message that was not posted. `null` until the tray is there. */
  bring: ((files: readonly Attachment[]) => void) | null;
};

export type AttachmentParts = {
  /** The cards of a composer; takes what is pasted and dropped there. The same `place` gives the same files again. */
  Tray: ComponentType<{ place: string; onState: (state: TrayState) => void }>;
  /** Picking and recording. */
  Buttons: ComponentType<{ place: string }>;
  Files: ComponentType<{ files: readonly Attachment[]; tabIndex: 0 | -1 }>;
};

export const AttachmentContext = createContext<AttachmentParts | null>(null);

export function useAttachmentParts(): AttachmentParts | null {
  return useContext(AttachmentContext);
}
