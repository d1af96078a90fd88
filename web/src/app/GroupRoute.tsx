import { useParams } from '@/router/usePlace';
import { GroupScreen } from '@/features/groups/screens/GroupScreen';
import { PeoplePicker } from '@/features/spaces/parts/PeoplePicker';

export function GroupRoute() {
  const { groupId = '' } = useParams();
  return <GroupScreen key={groupId} groupId={groupId} PickPeople={PeoplePicker} />;
}
