/** Live sessions as they are shown. Plain data in, plain data out. */
import type { Id, LivePerson, LiveSession } from '@/api/types';

const MINUTE_US = 60_000_000;

/** `12:04`, or `1:02:04`. */
export function clockOf(started_at: number, now_us: number): string {
  const seconds = Math.max(0, Math.floor((now_us - started_at) / 1_000_000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours = 0, ...rest] = parts;
  const words = rest.map((part) => String(part).padStart(2, '0'));
  return hours > 0 ? [hours, ...words].join(':') : words.join(':');
}

/** Whole minutes that it lasted, at least one. */
export function minutesOf({ started_at, ended_at }: LiveSession, now_us: number): number {
  return Math.max(1, Math.round(((ended_at ?? now_us) - started_at) / MINUTE_US));
}

export function partOf({ people }: LiveSession, person_id: Id): LivePerson | undefined {
  return people.find((person) => person.person_id === person_id);
}

/** Whose hand is up, the longest first. */
export function handsOf({ people }: LiveSession): LivePerson[] {
  return people.filter(({ hand_at }) => hand_at !== null).sort((a, b) => (a.hand_at ?? 0) - (b.hand_at ?? 0));
}

/** At most three columns, and as square as it goes. */
export function columnsOf(n_tiles: number): number {
  return Math.min(3, Math.ceil(Math.sqrt(n_tiles)));
}
