/** What guests by link have of the parts around messages: they see files and cards and vote, and bring files where their link says so. */
import type { AttachmentParts } from '@/features/messages/attachments';
import type { CardParts } from '@/features/messages/cards';
import { attachmentParts } from './attachments';
import { cardParts } from './cards';

const nothing = () => null;

/** Of guests whose link lets them bring no files. */
export const readingAttachments: AttachmentParts = { ...attachmentParts, Tray: nothing, Buttons: nothing };

export const guestCards: CardParts = { ...cardParts, Items: nothing, State: nothing, dialogs: {} };
