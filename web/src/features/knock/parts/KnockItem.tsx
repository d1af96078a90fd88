import { IconHandStop } from '@tabler/icons-react';
import type { ChannelRow } from '@/api/types';
import { settle } from '@/lib/settle';
import { MenuItem } from '@/ui/MenuItem';
import { tellRefusal } from '@/ui/tellRefusal';
import { useAskTime } from '../queries';
import { useText } from '../strings';

/** In the composer's menu, in a conversation of two. */
export function KnockItem({ channel }: { channel: ChannelRow }) {
  const t = useText();
  const ask = useAskTime(channel.id);
  if (channel.kind !== 'direct' || channel.people.length !== 2) return null;
  const run = () => settle(ask.mutateAsync(), { onError: tellRefusal });
  return (
    <MenuItem icon={<IconHandStop size={16} stroke={1.6} aria-hidden="true" />} onSelect={run}>
      {t('ask')}
    </MenuItem>
  );
}
