import { useParams } from '@/router/usePlace';
import { TopicsScreen } from '@/features/messages/screens/TopicsScreen';

export function TopicsRoute() {
  const { channelId = '' } = useParams();
  return <TopicsScreen channelId={channelId} />;
}
