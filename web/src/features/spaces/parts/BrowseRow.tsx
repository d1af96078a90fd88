import { settle } from '@/lib/settle';
import { Link } from '@/router/Link';
import type { ChannelView } from '@/api/types';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { Chip } from '@/ui/Chip';
import { tellRefusal } from '@/ui/tellRefusal';
import { useJoinChannel, useLeaveChannel } from '../changes';
import { useText } from '../strings';

/** A channel to look into, join or leave. Leaving a private one is asked for first, in its own panel. */
export function BrowseRow({ channel }: { channel: ChannelView }) {
  const t = useText();
  const join = useJoinChannel();
  const leave = useLeaveChannel();
  const { id, name, kind } = channel;
  const tell = { onError: tellRefusal };
  const facts = [t('n_members', { count: channel.n_members }), channel.description];

  function end() {
    if (channel.archived) return <Chip>{t('archived')}</Chip>;
    if (!channel.is_member) {
      return (
        <Button size="s" busy={join.isPending} aria-label={t('join_name', { name })} onClick={() => settle(join.mutateAsync(id), tell)}>
          {t('join')}
        </Button>
      );
    }
    if (kind === 'private') return <Chip>{t('joined')}</Chip>;
    return (
      <Button size="s" tone="plain" busy={leave.isPending} aria-label={t('leave_name', { name })} onClick={() => settle(leave.mutateAsync(id), tell)}>
        {t('leave')}
      </Button>
    );
  }

  return (
    <CardRow
      lead={<ChannelIcon kind={kind} size={20} />}
      title={
        <Link to="/c/$channelId" params={{ channelId: id }}>
          {name}
        </Link>
      }
      text={facts.filter(Boolean).join(' · ')}
      end={end()}
    />
  );
}
