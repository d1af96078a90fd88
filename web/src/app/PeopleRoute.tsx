import { PeopleScreen } from '@/features/accounts/screens/PeopleScreen';
import { PeopleTabs } from './PeopleTabs';

export function PeopleRoute() {
  return <PeopleScreen tabs={<PeopleTabs current="people" />} />;
}
