import { GroupsScreen } from '@/features/groups/screens/GroupsScreen';
import { PeopleTabs } from './PeopleTabs';

export function GroupsRoute() {
  return <GroupsScreen tabs={<PeopleTabs current="groups" />} />;
}
