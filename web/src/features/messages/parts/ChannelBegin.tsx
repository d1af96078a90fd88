import type { ChannelRow } from '@/api/types';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { nameOf } from '@/realtime/channelName';
import { useMe } from '@/realtime/start';
import { LinkButton } from '@/ui/LinkButton';
import { useText } from '../strings';
import styles from './Begin.module.css';

export function ChannelBegin({ channel, name, isEmpty }: { channel: ChannelRow; name: string; isEmpty: boolean }) {
  const t = useText();
  const role = useMe()?.role;
  const isAlone = channel.kind !== 'direct' && channel.n_members === 1;
  const words = channel.kind === 'direct' ? t('begin_direct', { name }) : t('begin', { name: nameOf(channel, name) });
  // An article, as a feed may hold links only within those.
  return (
    <article className={styles.begin} aria-label={words}>
      <span className={styles.icon}>
        <ChannelIcon kind={channel.kind} size={22} />
      </span>
      <p className={styles.title} dir="auto">
        {words}
      </p>
      {channel.description && <p dir="auto">{channel.description}</p>}
      {isEmpty && <p>{channel.can_post ? t('empty_channel') : t('empty_channel_readonly')}</p>}
      {isAlone && (role === 'owner' || role === 'admin') && (
        <LinkButton className={styles.invite} to="/settings/$page" params={{ page: 'invitations' }}>
          {t('invite_people')}
        </LinkButton>
      )}
    </article>
  );
}
