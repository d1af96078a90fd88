import {
  IconArrowForwardUp,
  IconArrowMoveRight,
  IconBlockquote,
  IconBookmark,
  IconBookmarkOff,
  IconCircleDot,
  IconHistory,
  IconLink,
  IconMessages,
  IconMoodSmile,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconTrash,
} from '@tabler/icons-react';
import type { Message } from '@/api/types';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { useMe } from '@/realtime/start';
import { useText } from '../strings';
import { useMenuParts } from '../menuParts';
import { useFeed } from './actions';

const LOOK = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

export function MessageMenu({ message }: { message: Message }) {
  const t = useText();
  const { me_id, can_post, can_manage, is_member, in_topic, actions } = useFeed();
  const isMine = message.author_id === me_id;
  const parts = useMenuParts();
  // A guest by link has no shelf of their own, and nowhere to carry things.
  const isGuest = useMe()?.link_guest === true;
  return (
    <>
      {can_post && (
        <MenuItem icon={<IconBlockquote {...LOOK} />} hint="R" onSelect={() => actions.quote(message)}>
          {t('quote')}
        </MenuItem>
      )}
      {!in_topic && (
        <MenuItem icon={<IconMessages {...LOOK} />} hint="↵" onSelect={() => actions.topic(message)}>
          {message.topic ? t('open_topic') : t('start_topic')}
        </MenuItem>
      )}
      {!isGuest && (
        <MenuItem icon={<IconArrowForwardUp className="mirror" {...LOOK} />} onSelect={() => actions.forward(message)}>
          {t('forward')}
        </MenuItem>
      )}
      {is_member && !isGuest && (
        <MenuItem
          icon={message.saved ? <IconBookmarkOff {...LOOK} /> : <IconBookmark {...LOOK} />}
          onSelect={() => actions.save(message, !message.saved)}
        >
          {message.saved ? t('unsave') : t('save_for_later')}
        </MenuItem>
      )}
      {can_post && !isGuest && (
        <MenuItem
          icon={message.pinned ? <IconPinnedOff {...LOOK} /> : <IconPin {...LOOK} />}
          onSelect={() => actions.pin(message, !message.pinned)}
        >
          {message.pinned ? t('unpin') : t('pin')}
        </MenuItem>
      )}
      {can_post && !isGuest && !message.topic && (
        <MenuItem icon={<IconArrowMoveRight className="mirror" {...LOOK} />} onSelect={() => actions.move(message)}>
          {t('move')}
        </MenuItem>
      )}
      <MenuItem icon={<IconLink {...LOOK} />} hint="C" onSelect={() => actions.copyLink(message)}>
        {t('copy_link')}
      </MenuItem>
      <MenuItem icon={<IconCircleDot {...LOOK} />} hint="U" onSelect={() => actions.unreadFrom(message)}>
        {t('unread_from_here')}
      </MenuItem>
      {message.reactions.length > 0 && (
        <MenuItem icon={<IconMoodSmile {...LOOK} />} onSelect={() => actions.showReactions(message)}>
          {t('who_reacted')}
        </MenuItem>
      )}
      {message.edited_at !== null && (
        <MenuItem icon={<IconHistory {...LOOK} />} onSelect={() => actions.showHistory(message)}>
          {t('history_title')}
        </MenuItem>
      )}
      {(isMine || can_manage || parts) && <MenuLine />}
      {isMine && can_post && (
        <MenuItem icon={<IconPencil {...LOOK} />} onSelect={() => actions.edit(message)}>
          {t('edit')}
        </MenuItem>
      )}
      {parts && <parts.Items message={message} me_id={me_id} onChoose={(kind) => actions.open(message, kind)} />}
      {(isMine || can_manage) && (
        <MenuItem icon={<IconTrash {...LOOK} />} tone="danger" onSelect={() => actions.remove(message)}>
          {isMine ? t('delete') : t('remove')}
        </MenuItem>
      )}
    </>
  );
}
