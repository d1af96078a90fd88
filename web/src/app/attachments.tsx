/** Files as the messages need them, each in a chunk that comes after the first screen. */
import { untilThere } from '@/lib/untilThere';
import { lazy } from 'react';
import type { AttachmentParts } from '@/features/messages/attachments';
import { picturesComeByHand } from '@/lib/pictures';

const MessageFiles = lazy(() => untilThere(() => import('@/features/files/parts/MessageFiles')).then((module) => ({ default: module.MessageFiles })));

export const attachmentParts: AttachmentParts = {
  Tray: lazy(() => untilThere(() => import('@/features/files/parts/ComposerTray')).then((module) => ({ default: module.ComposerTray }))),
  Files: (props) => <MessageFiles {...props} byHand={picturesComeByHand()} />,
  Buttons: lazy(() => untilThere(() => import('@/features/files/parts/AttachButtons')).then((module) => ({ default: module.AttachButtons }))),
};
