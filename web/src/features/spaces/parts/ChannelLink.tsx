import { Link } from '@/router/Link';
import type { DragEventHandler } from 'react';
import type { ChannelRow } from '@/api/types';
import { levelIn, type Telling } from '@/realtime/levels';
import { formatNumber } from '@/i18n/core';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { countForMe, isUnread } from '../model';
import { useText } from '../strings';
import { ChannelMenu, type ChannelMenuProps } from './ChannelMenu';
import { DirectFace } from './DirectFace';
import { useChannelName } from '@/realtime/channelName';
import styles from './ChannelLink.module.css';

export type ChannelLinkProps = Omit<ChannelMenuProps, 'name'> & {
  row: ChannelRow;
  telling: Telling;
  onDragStart: DragEventHandler;
  onDragEnd: DragEventHandler;
};

/** One row of the sidebar: the way into a channel, what waits there, and its menu. */
export function ChannelLink({ row, telling, onDragStart, onDragEnd, ...moves }: ChannelLinkProps) {
  const t = useText();
  const name = useChannelName(row);
  const isMuted = levelIn(telling, row) === 'nothing';
  const n_for_me = countForMe(row, telling);
  return (
    <div
      className={styles.row}
      data-unread={isUnread(row, telling) || undefined}
      data-muted={isMuted || undefined}
      draggable
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
    >
      <Link
        to="/c/$channelId"
        params={{ channelId: row.id }}
        className={styles.link}
        showsCurrent
        draggable={false}
        data-channel={row.id}
      >
        {row.kind === 'direct' ? <DirectFace people={row.people} /> : <ChannelIcon kind={row.kind} />}
        <span className={styles.name} dir="auto">
          {name}
        </span>
        {isMuted && <span className="visually-hidden">, {t('muted')}</span>}
        {n_for_me > 0 && (
          <span className={styles.badge}>
            <span aria-hidden="true">{formatNumber(n_for_me)}</span>
            <span className="visually-hidden">, {t('n_for_you', { count: n_for_me })}</span>
          </span>
        )}
        {!isMuted && n_for_me === 0 && row.n_unread > 0 && (
          <span className={styles.count}>
            <span aria-hidden="true">{formatNumber(row.n_unread)}</span>
            <span className="visually-hidden">, {t('n_unread', { count: row.n_unread })}</span>
          </span>
        )}
      </Link>
      <ChannelMenu row={row} name={name} {...moves} />
    </div>
  );
}
