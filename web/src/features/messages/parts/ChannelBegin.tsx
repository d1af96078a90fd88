import type { ChannelRow } from '@/api/types';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { nameOf } from '@/realtime/channelName';
import { useMe } from '@/realtime/start';
import { LinkButton } from '@/ui/LinkButton';
import { useText } from '../strings';
import styles from './Begin.module.css';

export function ChannelBegin({ channel, name, isEmpty }: { channel: ChannelRow; name: string; isEmpty: boolean }) {
  const t = useText();
  const me = useMe();
  const role = me?.role;
  // Their link may let guests read from their entering on.
  const begin = me?.link_guest ? 'begin_guest' : 'begin';
  // Only while nothing is written: a feed holds articles, and no links between them.
  const isAlone = isEmpty && channel.kind !== 'direct' && channel.n_members === 1;
  return (
    <div className={styles.begin}>
      <span className={styles.icon}>
        <ChannelIcon kind={channel.kind} size={22} />
      </span>
      <p className={styles.title} dir="auto">
        {channel.kind === 'direct' ? t('begin_direct', { name }) : t(begin, { name: nameOf(channel, name) })}
      </p>
      {channel.description && <p dir="auto">{channel.description}</p>}
      {isEmpty && <p>{channel.can_post ? t('empty_channel') : t('empty_channel_readonly')}</p>}
      {isAlone && (role === 'owner' || role === 'admin') && (
        <LinkButton className={styles.invite} to="/settings/$page" params={{ page: 'invitations' }}>
          {t('invite_people')}
        </LinkButton>
      )}
    </div>
  );
}
