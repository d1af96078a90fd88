/** Files as the messages need them, each in a chunk that comes after the first screen. */
import { lazy } from 'react';
import type { AttachmentParts } from '@/features/messages/attachments';
import { picturesComeByHand } from '@/lib/pictures';

const MessageFiles = lazy(() => import('@/features/files/parts/MessageFiles').then((module) => ({ default: module.MessageFiles })));

export const attachmentParts: AttachmentParts = {
  Tray: lazy(() => import('@/features/files/parts/ComposerTray').then((module) => ({ default: module.ComposerTray }))),
  Files: (props) => <MessageFiles {...props} byHand={picturesComeByHand()} />,
  Buttons: lazy(() => import('@/features/files/parts/AttachButtons').then((module) => ({ default: module.AttachButtons }))),
};
