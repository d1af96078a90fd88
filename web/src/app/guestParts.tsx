/** What guests by link have of the parts around messages: they see files and vote, and bring nothing but text. */
import type { AttachmentParts } from '@/features/messages/attachments';
import type { CardParts } from '@/features/messages/cards';
import { attachmentParts } from './attachments';
import { cardParts } from './cards';

const nothing = () => null;

export const guestAttachments: AttachmentParts = { ...attachmentParts, Tray: nothing, Buttons: nothing };

export const guestCards: CardParts = { ...cardParts, Links: nothing, Items: nothing, State: nothing, dialogs: {} };
