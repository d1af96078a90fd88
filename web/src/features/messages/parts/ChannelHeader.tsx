import { IconLayoutSidebarRight, IconMessages, IconUsers, IconVideo } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { navigate } from '@/router/location';
import type { ChannelRow, Id } from '@/api/types';
import { formatNumber } from '@/i18n/core';
import { Button } from '@/ui/Button';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { Chip } from '@/ui/Chip';
import { IconButton } from '@/ui/IconButton';
import { LinkButton } from '@/ui/LinkButton';
import { PaneHeader } from '@/ui/PaneHeader';
import { useMe } from '@/realtime/start';
import { useCardParts } from '../cards';
import { openInsert } from '../inserting';
import { useText } from '../strings';
import styles from './ChannelHeader.module.css';
import { PersonFace } from './PersonFace';
import { PersonStatusLine } from './PersonStatusLine';

type ChannelHeaderProps = {
  channel: ChannelRow;
  name: string;
  /** Who wrote last, most recent first. */
  people: readonly Id[];
  /** What is expected here, in a line; not of two people. */
  line: ReactNode;
  hasPanel: boolean;
  onPanel: () => void;
};

export function ChannelHeader({ channel, name, people, line, hasPanel, onPanel }: ChannelHeaderProps) {
  const t = useText();
  const members = t('members', { count: channel.n_members });
  const me = useMe();
  const parts = useCardParts();
  const canGoLive = channel.can_post && parts?.dialogs.live !== undefined;
  const me_id = me?.id;
  const others = channel.kind === 'direct' ? channel.people.filter((id) => id !== me_id) : [];
  const other = others.length === 1 ? others[0] : undefined;
  return (
    <PaneHeader
      title={name}
      icon={<ChannelIcon kind={channel.kind} size={19} />}
      subtitle={other ? <PersonStatusLine id={other} /> : <Subtitle description={channel.description} line={line} />}
      focusKey={channel.id}
      {...(me?.link_guest && { back: null })}
      actions={
        <>
          {channel.archived && <Chip>{t('archived')}</Chip>}
          <button
            type="button"
            className={styles.members}
            title={members}
            aria-label={members}
            onClick={() => navigate({ to: '/c/$channelId', params: { channelId: channel.id }, search: { about: true } })}
          >
            {people.slice(0, 3).map((id) => (
              <PersonFace key={id} id={id} size={26} ofMember />
            ))}
            {people.length === 0 && <IconUsers size={18} stroke={1.6} aria-hidden="true" />}
            <b>{formatNumber(channel.n_members)}</b>
          </button>
          {canGoLive && (
            <Button className={styles.live} icon={<IconVideo size={18} stroke={1.8} aria-hidden="true" />} aria-label={t('go_live')} onClick={() => openInsert({ kind: 'live', channel_id: channel.id, topic_id: null })}>
              {t('go_live')}
            </Button>
          )}
          <LinkButton
            className={styles.topics}
            tone="soft"
            icon={<IconMessages size={18} stroke={1.8} aria-hidden="true" />}
            to="/c/$channelId/topics"
            params={{ channelId: channel.id }}
            aria-label={t('topics')}
          >
            {t('topics')}
          </LinkButton>
          <IconButton label={t('about')} aria-pressed={hasPanel} onClick={onPanel}>
            <IconLayoutSidebarRight className="mirror" size={20} stroke={1.6} aria-hidden="true" />
          </IconButton>
        </>
      }
    />
  );
}

function Subtitle({ description, line }: { description: string | null; line: ReactNode }) {
  return (
    <>
      {description && <bdi>{description}</bdi>}
      {line && <span className={styles.line}>{line}</span>}
    </>
  );
}
