import type { ReactNode } from 'react';
import { AskingContext } from '@/features/messages/asking';
import { AttachmentContext } from '@/features/messages/attachments';
import { CardContext } from '@/features/messages/cards';
import { MenuContext } from '@/features/messages/menuParts';
import { SendContext } from '@/features/messages/sending';
import { startQuery, useMe } from '@/realtime/start';
import { useQuery } from '@tanstack/react-query';
import { askingParts, guestAsking } from './asking';
import { attachmentParts } from './attachments';
import { cardParts } from './cards';
import { guestCards, readingAttachments } from './guestParts';
import { menuParts } from './messageMenu';
import { sendParts } from './sending';

/** What is live already does not go live. */
const { live: _, ...otherDialogs } = cardParts.dialogs;
const liveCards = { ...cardParts, dialogs: otherDialogs };

/** What other features put into a conversation, wherever it is drawn. */
export function TalkParts({ isLive, children }: { isLive?: boolean; children: ReactNode }) {
  const isGuest = useMe()?.link_guest === true;
  const { data: mayUpload = true } = useQuery({ ...startQuery, select: (start) => start.may_upload });
  return (
    <CardContext value={isGuest ? guestCards : isLive ? liveCards : cardParts}>
      <AttachmentContext value={mayUpload ? attachmentParts : readingAttachments}>
        <AskingContext value={isGuest ? guestAsking : askingParts}>
          <MenuContext value={isGuest ? null : menuParts}>
            <SendContext value={isGuest ? null : sendParts}>{children}</SendContext>
          </MenuContext>
        </AskingContext>
      </AttachmentContext>
    </CardContext>
  );
}
