import { memo, useState, type MouseEvent, type PointerEvent, type ReactNode } from 'react';
import type { Message } from '@/api/types';
import { usePerson } from '@/realtime/people';
import type { OutboxItem } from '@/realtime/outbox';
import { useText } from '../strings';
import { dayOf, timeOf } from '../time';
import { useFeed } from './actions';
import { ActiveRow } from './activeRow';
import { DayDivider } from './DayDivider';
import { FoldedMessage } from './FoldedMessage';
import { MessageContent } from './MessageContent';
import { MessageGutter } from './MessageGutter';
import styles from './MessageRow.module.css';
import { MessageTools } from './MessageTools';
import { NewLine } from './NewLine';

export type MessageRowProps = {
  message: Message;
  unsent: OutboxItem | undefined;
  starts_group: boolean;
  starts_day: boolean;
  starts_new: boolean;
  position: number;
  /** -1 while either end of the conversation is not loaded. */
  set_size: number;
  isActive: boolean;
  isMarked: boolean;
  /** What stands above the very first message. */
  begin: ReactNode;
};

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, unsent, starts_group, starts_day, starts_new, isActive } = props;
  const [isPointed, setPointed] = useState(false);
  const [hasMenu, setMenu] = useState(false);
  const [isUnfolded, setUnfolded] = useState(false);
  const isFolded = useFeed().blocked.includes(message.author_id) && !isUnfolded && !message.deleted;
  const hasTools = !unsent && !message.deleted && !isFolded && (isPointed || hasMenu || isActive);
  return (
    <>
      {props.begin}
      {starts_day && <DayDivider at={message.at} />}
      {starts_new && <NewLine />}
      <ActiveRow value={isActive}>
        <article
          className={styles.row}
          data-first={starts_group || undefined}
          data-marked={props.isMarked || undefined}
          data-unsent={unsent?.state}
          data-menu={hasMenu || undefined}
          data-message-id={message.id}
          aria-posinset={props.position}
          aria-setsize={props.set_size}
          aria-label={useName(message, starts_day)}
          tabIndex={isActive ? 0 : -1}
          onPointerEnter={(event: PointerEvent) => event.pointerType === 'mouse' && setPointed(true)}
          onPointerLeave={() => setPointed(false)}
          onContextMenu={openMenu}
        >
          {isFolded ? (
            <FoldedMessage tabIndex={isActive ? 0 : -1} onShow={() => setUnfolded(true)} />
          ) : (
            <>
              <MessageGutter message={message} starts_group={starts_group} />
              <MessageContent message={message} unsent={unsent} starts_group={starts_group} />
            </>
          )}
          {hasTools && <MessageTools message={message} isActive={isActive} onMenu={setMenu} />}
        </article>
      </ActiveRow>
    </>
  );
});

function useName(message: Message, starts_day: boolean): string {
  const t = useText();
  const name = usePerson(message.author_id)?.name ?? t('unknown_person');
  const time = timeOf(message.at);
  return starts_day ? t('message_name_day', { name, day: dayOf(message.at), time }) : t('message_name', { name, time });
}

/** The browser's own menu stays for links and for marked text. */
function openMenu(event: MouseEvent<HTMLElement>): void {
  const isLink = event.target instanceof Element && event.target.closest('a, button') !== null;
  const more = event.currentTarget.querySelector<HTMLElement>('[data-more]');
  if (isLink || !more || getSelection()?.isCollapsed === false) return;
  event.preventDefault();
  event.currentTarget.focus({ preventScroll: true });
  more.click();
}
