import { IconMoodPlus } from '@tabler/icons-react';
import type { Message } from '@/api/types';
import { useText } from '../strings';
import { useFeed } from './actions';
import { useIsActive } from './activeRow';
import { ReactionButton } from './ReactionButton';
import styles from './Reactions.module.css';

export function Reactions({ message }: { message: Message }) {
  const t = useText();
  const { actions } = useFeed();
  const tabIndex = useIsActive() ? 0 : -1;
  return (
    <div className={styles.reactions} role="group" aria-label={t('reactions')}>
      {message.reactions.map((reaction) => (
        <ReactionButton
          key={reaction.emoji}
          reaction={reaction}
          tabIndex={tabIndex}
          onToggle={() => actions.react(message, reaction.emoji, !reaction.mine)}
        />
      ))}
      <button
        type="button"
        className={styles.add}
        tabIndex={tabIndex}
        aria-label={t('react')}
        title={t('react')}
        onClick={(event) => actions.pickEmoji(message, event.currentTarget)}
      >
        <IconMoodPlus size={16} stroke={1.6} aria-hidden="true" />
      </button>
    </div>
  );
}
