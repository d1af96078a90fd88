import { useParams } from '@tanstack/react-router';
import { ChannelScreen } from '@/features/messages/screens/ChannelScreen';

export function ChannelRoute() {
  const { channelId = '', topicId = null } = useParams({ strict: false });
  return <ChannelScreen channelId={channelId} topicId={topicId} about={null} />;
}
