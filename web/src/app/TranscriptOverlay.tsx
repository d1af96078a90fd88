import type { Id } from '@/api/types';
import { TranscriptDialog } from '@/features/exports/parts/TranscriptDialog';
import { nameOf, useChannelName } from '@/realtime/channelName';
import { useStart } from '@/realtime/start';
import { navigate } from '@/router/location';

/** The dialog for the conversation that the address names; closing it leaves the conversation. */
export function TranscriptOverlay({ channelId, topicId }: { channelId: Id; topicId: Id | null }) {
  const { data: start } = useStart();
  const channel = start?.channels.find((row) => row.id === channelId);
  const name = useChannelName(channel);
  const close = () => {
    if (topicId) navigate({ to: '/c/$channelId/t/$topicId', params: { channelId, topicId } });
    else navigate({ to: '/c/$channelId', params: { channelId } });
  };
  if (!start) return null;
  return (
    <TranscriptDialog
      channelId={channelId}
      topicId={topicId}
      name={channel ? nameOf(channel, name) : ''}
      timeZone={start.me.time_zone}
      onClose={close}
    />
  );
}
