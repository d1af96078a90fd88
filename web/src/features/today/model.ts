import type { AskItem, Meeting, Micros } from '@/api/types';

export type Greeting = 'night' | 'morning' | 'afternoon' | 'evening';

/** By the hour on the reader's clock. */
export function greetingAt(hour: number): Greeting {
  if (hour < 5) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** What somebody is greeted by: the first word of their name that is no title such as "Dr.". */
export function firstNameOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  return words.find((word) => !word.endsWith('.')) ?? name;
}

/** What has to be answered before the day is over, and what was due before. */
export function dueBy(items: readonly AskItem[], end: Micros): AskItem[] {
  return items.filter(({ at }) => at !== null && at < end);
}

export function countOverdue(items: readonly AskItem[], now: Micros): number {
  return items.filter(({ at }) => at !== null && at < now).length;
}

/** Those that go on or are still to come. */
export function stillToCome(meetings: readonly Meeting[], now: Micros): Meeting[] {
  return meetings.filter((meeting) => !meeting.is_canceled && meeting.ends_at > now);
}

/** Whether they wait for the consent of this person. */
export function asksConsent(meeting: Meeting, me_id: string): boolean {
  return meeting.people.some(({ person_id, is_asked }) => person_id === me_id && is_asked);
}
