/**
 * The seam to files: what messages need of them, given in by the app. Without it the composer has no files, and messages
 * show none.
 */
import { createContext, useContext, type ComponentType } from 'react';
import type { Attachment, Id } from '@/api/types';

/** A file that was picked, pasted, dropped or recorded, with what only this browser knows of it. */
export type IncomingFile = { file: File; claims?: Readonly<Record<string, string>> };

/** What is beside the text of a composer. */
export type TrayState = {
  /** What has arrived, in order. */
  files: readonly Attachment[];
  /** What is still on its way. */
  n_waiting: number;
  /** These belong to a message now. */
  clear: (ids: readonly Id[]) => void;
};

export type AttachmentParts = {
  Tray: ComponentType<{
    /** Of which composer: the same words give the same files again. */
    place: string;
    incoming: readonly IncomingFile[];
    onTaken: () => void;
    onState: (state: TrayState) => void;
  }>;
  Files: ComponentType<{ files: readonly Attachment[]; tabIndex: 0 | -1 }>;
  Recorder: ComponentType<{ onRecorded: (incoming: IncomingFile) => void; onClose: () => void }>;
};

export const AttachmentContext = createContext<AttachmentParts | null>(null);

export function useAttachmentParts(): AttachmentParts | null {
  return useContext(AttachmentContext);
}
