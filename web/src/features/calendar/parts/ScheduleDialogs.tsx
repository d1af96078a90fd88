import { lazy, Suspense } from 'react';
import type { Id, Meeting, Person } from '@/api/types';
import type { Proposal } from '@/realtime/proposing';
import type { Day } from '../model';
import type { PollDraft } from '../timePolls';
import type { Chosen } from '../when';
import { MeetingDialog } from './MeetingDialog';
import { MeetingForm } from './MeetingForm';
import type { PickPeople } from './pickPeople';
import { SettingsDialog } from './SettingsDialog';

const TimePollDialog = lazy(() => import('./TimePollDialog').then((module) => ({ default: module.TimePollDialog })));
const TimePollForm = lazy(() => import('./TimePollForm').then((module) => ({ default: module.TimePollForm })));

/** What is open over the schedule. */
export type Shown =
  | { kind: 'meeting'; id: Id }
  | { kind: 'propose'; proposal: Proposal | null; chosen: Chosen | null }
  | { kind: 'ask'; draft: PollDraft | null }
  | { kind: 'poll'; id: Id }
  | { kind: 'settings' };

type ScheduleDialogsProps = {
  shown: Shown | null;
  onShow: (shown: Shown | null) => void;
  PickPeople: PickPeople;
  timeZone: string;
  day: Day;
  invited: Person[];
  onProposed: (meeting: Meeting) => void;
};

export function ScheduleDialogs({ shown, onShow, onProposed, ...begun }: ScheduleDialogsProps) {
  const onClose = () => onShow(null);
  const { timeZone, PickPeople, day } = begun;
  switch (shown?.kind) {
    case 'meeting':
      return <MeetingDialog key={shown.id} id={shown.id} timeZone={timeZone} onClose={onClose} />;
    case 'settings':
      return <SettingsDialog onClose={onClose} />;
    case 'propose':
      return <MeetingForm {...begun} proposal={shown.proposal} chosen={shown.chosen} onAskWhen={(draft) => onShow({ kind: 'ask', draft })} onClose={onClose} onProposed={onProposed} />;
    case 'ask':
      return (
        <Suspense fallback={null}>
          <TimePollForm PickPeople={PickPeople} timeZone={timeZone} day={day} draft={shown.draft} onClose={onClose} onAsked={({ poll }) => onShow({ kind: 'poll', id: poll.id })} />
        </Suspense>
      );
    case 'poll':
      return (
        <Suspense fallback={null}>
          <TimePollDialog
            key={shown.id}
            id={shown.id}
            timeZone={timeZone}
            onClose={onClose}
            onChoose={(poll, time) => onShow({ kind: 'propose', proposal: null, chosen: { poll, time } })}
            onMeeting={(id) => onShow({ kind: 'meeting', id })}
          />
        </Suspense>
      );
    default:
      return null;
  }
}
