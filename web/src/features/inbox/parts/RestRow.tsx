import { IconCheck } from '@tabler/icons-react';
import type { InboxPlace } from '@/api/types';
import { formatNumber } from '@/i18n/core';
import { useChannelName } from '@/realtime/channelName';
import { useChannelRow } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { useText } from '../strings';
import styles from './Inbox.module.css';
import { LineRow } from './LineRow';

type RestRowProps = {
  place: InboxPlace;
  /** Its newest message stands above already. */
  isShown: boolean;
  onMark: () => void;
  busy: boolean;
};

/** A channel with something new: how much, the newest line, and one button. */
export function RestRow({ place, isShown, onMark, busy }: RestRowProps) {
  const t = useText();
  const row = useChannelRow(place.line.channel_id);
  const name = useChannelName(row);
  return (
    <LineRow
      line={place.line}
      text={isShown ? t(place.n_unread > 1 ? 'more_besides' : 'stands_above') : undefined}
      lead={
        <span className={styles.count} title={t('n_messages', { count: place.n_unread })}>
          <span aria-hidden="true">{formatNumber(place.n_unread)}</span>
          <span className="visually-hidden">{t('n_messages', { count: place.n_unread })}</span>
        </span>
      }
      end={
        <Button
          size="s"
          tone="plain"
          data-done=""
          aria-label={t('mark_read_of', { name })}
          icon={<IconCheck size={16} stroke={1.6} aria-hidden="true" />}
          disabled={busy}
          onClick={onMark}
        >
          {t('mark_read')}
        </Button>
      }
    />
  );
}
