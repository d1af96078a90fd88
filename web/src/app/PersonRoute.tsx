import { useParams } from '@/router/usePlace';
import { PersonScreen } from '@/features/accounts/screens/PersonScreen';
import { PersonGroups } from '@/features/groups/parts/PersonGroups';
import { WriteToPerson } from '@/features/spaces/parts/WriteToPerson';

export function PersonRoute() {
  const { personId = '' } = useParams();
  return <PersonScreen personId={personId} actions={<WriteToPerson personId={personId} />} groups={<PersonGroups personId={personId} />} />;
}
