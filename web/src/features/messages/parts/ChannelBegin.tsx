import type { ChannelRow } from '@/api/types';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { nameOf } from '@/realtime/channelName';
import { useText } from '../strings';
import styles from './Begin.module.css';

export function ChannelBegin({ channel, name, isEmpty }: { channel: ChannelRow; name: string; isEmpty: boolean }) {
  const t = useText();
  return (
    <div className={styles.begin}>
      <span className={styles.icon}>
        <ChannelIcon kind={channel.kind} size={22} />
      </span>
      <p className={styles.title} dir="auto">
        {t('begin', { name: nameOf(channel, name) })}
      </p>
      {channel.description && <p dir="auto">{channel.description}</p>}
      {isEmpty && <p>{channel.can_post ? t('empty_channel') : t('empty_channel_readonly')}</p>}
    </div>
  );
}
