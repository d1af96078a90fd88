/** Between the fields of a form and the wire. */
import type { Meeting, MeetingTime, TimePoll, TimePollTime } from '@/api/types';
import type { Proposal } from '@/realtime/proposing';
import { addDays, startOf, wallOf, type Day } from './model';
import type { WhenValue } from './parts/WhenFields';

const MINUTE_US = 60_000_000;

export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function whenOf(meeting: Pick<Meeting, 'starts_at' | 'ends_at'>, timeZone: string): WhenValue {
  const { day, minute } = wallOf(meeting.starts_at, timeZone);
  return { day, clock: clockOf(minute), minutes: Math.round((meeting.ends_at - meeting.starts_at) / MINUTE_US) };
}

export function timeOf({ day, clock, minutes }: WhenValue, time_zone: string): MeetingTime {
  return { starts: `${day}T${clock}`, minutes, time_zone };
}

/** At ten, or when the proposal says. */
export function beginning(day: Day, proposal: Proposal | null, timeZone: string): WhenValue {
  const minutes = proposal?.minutes ?? 30;
  if (!proposal?.at) return { day, clock: '10:00', minutes };
  return whenOf({ starts_at: proposal.at, ends_at: proposal.at + minutes * MINUTE_US }, timeZone);
}

/** A time that was chosen of those that people were asked about. */
export type Chosen = { poll: TimePoll; time: TimePollTime };

/** What the form of a meeting begins with: nothing, what is proposed elsewhere, or what came of a question when people can. */
export function begunWith(proposal: Proposal | null, chosen: Chosen | null, day: Day, timeZone: string) {
  const people = chosen?.poll.asked ?? proposal?.people;
  const when = chosen ? whenOf(chosen.time, timeZone) : beginning(day, proposal, timeZone);
  const place = chosen?.poll.channel_id ? `channel:${chosen.poll.channel_id}` : '';
  return { title: chosen?.poll.title ?? '', outcome: chosen?.poll.about ?? '', aim: proposal?.aim ?? ('decide' as const), people, when, place };
}

/** What the meeting is about, as a message. */
export function asText(outcome: string, agenda: readonly string[]): string {
  return [outcome.trim(), agenda.map((item, idx) => `${idx + 1}. ${item}`).join('\n')].filter(Boolean).join('\n\n') || '…';
}

/** Where a time is looked for. */
const WEEKS_LOOKED_THROUGH = 2;

export function windowFrom(day: Day, timeZone: string) {
  return { from: startOf(day, timeZone), to: startOf(addDays(day, 7 * WEEKS_LOOKED_THROUGH), timeZone) };
}
