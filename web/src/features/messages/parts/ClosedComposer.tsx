import type { ChannelRow, Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { LinkButton } from '@/ui/LinkButton';
import { useJoin } from '../queries';
import { useText } from '../strings';
import styles from './Composer.module.css';

/** Why nothing can be written here, and what to do about it. */
export function ClosedComposer({ channel, blocked }: { channel: ChannelRow; blocked: Id | null }) {
  const t = useText();
  const join = useJoin(channel.id);
  const name = usePerson(blocked ?? channel.created_by)?.name ?? t('unknown_person');
  const canJoin = !channel.is_member && !channel.archived && channel.kind !== 'direct';
  return (
    <div className={styles.closed}>
      <p>{blocked ? t('closed_blocked', { name }) : canJoin ? t('join_hint', { name: channel.name }) : reasonOf(channel, t)}</p>
      {blocked && (
        <LinkButton to="/settings/$page" params={{ page: 'privacy' }}>
          {t('privacy')}
        </LinkButton>
      )}
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
