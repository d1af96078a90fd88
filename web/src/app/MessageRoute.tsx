import { useParams } from '@tanstack/react-router';
import { MessageLink } from '@/features/messages/screens/MessageLink';

export function MessageRoute() {
  const { messageId } = useParams({ from: '/m/$messageId' });
  return <MessageLink messageId={messageId} />;
}
