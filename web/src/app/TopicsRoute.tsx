import { useParams } from '@tanstack/react-router';
import { TopicsScreen } from '@/features/messages/screens/TopicsScreen';

export function TopicsRoute() {
  const { channelId } = useParams({ from: '/c/$channelId/topics' });
  return <TopicsScreen channelId={channelId} />;
}
