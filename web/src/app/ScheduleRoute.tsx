import { MeetingLiveContext } from '@/features/calendar/live';
import { ScheduleScreen } from '@/features/calendar/screens/ScheduleScreen';
import { PeoplePicker } from '@/features/spaces/parts/PeoplePicker';
import { MeetingLive } from './MeetingLive';

export function ScheduleRoute() {
  return (
    <MeetingLiveContext value={MeetingLive}>
      <ScheduleScreen PickPeople={PeoplePicker} />
    </MeetingLiveContext>
  );
}
