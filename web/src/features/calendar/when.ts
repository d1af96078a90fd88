/** Between the fields of a form and the wire. */
import type { Meeting, MeetingTime } from '@/api/types';
import { wallOf } from './model';
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
