import type { ChannelRow } from '@/api/types';
import { Button } from '@/ui/Button';
import { useJoin } from '../queries';
import { useText } from '../strings';
import styles from './Composer.module.css';

/** Why nothing can be written here, and what to do about it. */
export function ClosedComposer({ channel }: { channel: ChannelRow }) {
  const t = useText();
  const join = useJoin(channel.id);
  const canJoin = !channel.is_member && !channel.archived && channel.kind !== 'direct';
  return (
    <div className={styles.closed}>
      <p>{canJoin ? t('join_hint', { name: channel.name }) : reasonOf(channel, t)}</p>
      {canJoin && (
        <Button tone="primary" busy={join.isPending} onClick={() => join.mutate()}>
          {t('join')}
        </Button>
      )}
    </div>
  );
}

function reasonOf(channel: ChannelRow, t: ReturnType<typeof useText>): string {
  if (channel.archived) return t('closed_archived');
  return channel.kind === 'announcement' ? t('closed_announcement') : t('closed_other');
}
