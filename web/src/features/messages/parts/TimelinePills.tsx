import { IconArrowDown, IconArrowUp, IconChecks } from '@tabler/icons-react';
import { useText } from '../strings';
import styles from './TimelinePills.module.css';

type TimelinePillsProps = {
  n_unread: number;
  isAway: boolean;
  onFirstUnread: () => void;
  onMarkRead: () => void;
  onLatest: () => void;
};

export function TimelinePills({ n_unread, isAway, onFirstUnread, onMarkRead, onLatest }: TimelinePillsProps) {
  const t = useText();
  return (
    <>
      {n_unread > 0 && (
        <div className={styles.unread}>
          <button type="button" onClick={onFirstUnread} title={t('jump_first_unread')}>
            <IconArrowUp size={16} stroke={1.8} aria-hidden="true" />
            {t('first_unread', { count: n_unread })}
          </button>
          <button type="button" onClick={onMarkRead}>
            <IconChecks size={16} stroke={1.8} aria-hidden="true" />
            {t('mark_read')}
          </button>
        </div>
      )}
      {isAway && (
        <button type="button" className={styles.latest} onClick={onLatest}>
          <IconArrowDown size={16} stroke={1.8} aria-hidden="true" />
          {t('latest')}
        </button>
      )}
    </>
  );
}
