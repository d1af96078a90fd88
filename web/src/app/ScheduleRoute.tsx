import { ScheduleScreen } from '@/features/calendar/screens/ScheduleScreen';
import { PeoplePicker } from '@/features/spaces/parts/PeoplePicker';

export function ScheduleRoute() {
  return <ScheduleScreen PickPeople={PeoplePicker} />;
}
