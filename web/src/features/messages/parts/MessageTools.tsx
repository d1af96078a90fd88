import { IconBlockquote, IconDots, IconMessages, IconMoodPlus } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import type { Message } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { useText } from '../strings';
import { useFeed } from './actions';
import styles from './MessageTools.module.css';

const loadMenu = () => import('./MessageMenu');
const MessageMenu = lazy(() => loadMenu().then((module) => ({ default: module.MessageMenu })));

type MessageToolsProps = { message: Message; isActive: boolean; onMenu: (isOpen: boolean) => void };

export function MessageTools({ message, isActive, onMenu }: MessageToolsProps) {
  const t = useText();
  const { actions, can_post, in_topic } = useFeed();
  const tabIndex = isActive ? 0 : -1;
  // Whoever points at a message may open its menu next.
  useEffect(() => void loadMenu(), []);
  return (
    <div className={styles.tools} role="group" aria-label={t('tools')}>
      <IconButton label={t('react')} tabIndex={tabIndex} onClick={(event) => actions.pickEmoji(message, event.currentTarget)}>
        <IconMoodPlus size={18} stroke={1.6} aria-hidden="true" />
      </IconButton>
      {!in_topic && (
        <IconButton
          label={message.topic ? t('open_topic') : t('start_topic')}
          tabIndex={tabIndex}
          onClick={() => actions.topic(message)}
        >
          <IconMessages size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
      {can_post && (
        <IconButton label={t('quote')} tabIndex={tabIndex} onClick={() => actions.quote(message)}>
          <IconBlockquote className="mirror" size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
      <Menu
        label={t('tools')}
        align="end"
        onOpenChange={onMenu}
        trigger={(trigger) => (
          <IconButton {...trigger} label={t('more')} tabIndex={tabIndex} data-more="">
            <IconDots size={18} stroke={1.6} aria-hidden="true" />
          </IconButton>
        )}
      >
        <Suspense fallback={null}>
          <MessageMenu message={message} />
        </Suspense>
      </Menu>
    </div>
  );
}
