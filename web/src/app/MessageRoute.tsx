import { useParams } from '@/router/usePlace';
import { MessageLink } from '@/features/messages/screens/MessageLink';

export function MessageRoute() {
  const { messageId = '' } = useParams();
  return <MessageLink messageId={messageId} />;
}
