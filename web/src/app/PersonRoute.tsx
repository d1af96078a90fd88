import { useParams } from '@tanstack/react-router';
import { PersonScreen } from '@/features/accounts/screens/PersonScreen';
import { WriteToPerson } from '@/features/spaces/parts/WriteToPerson';

export function PersonRoute() {
  const { personId } = useParams({ from: '/people/$personId' });
  return <PersonScreen personId={personId} actions={<WriteToPerson personId={personId} />} />;
}
