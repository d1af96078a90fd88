/** Live sessions as they are shown. Plain data in, plain data out. */
import type { Id, LiveChanged, LivePerson, LiveSession } from '@/api/types';

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

export type Layout = 'grid' | 'speaker' | 'content';

/** What stands large, who interprets beside it, and the others, in order. */
export type Arrangement<Box> = { large: Box | null; interpreters: Box[]; others: Box[]; n_hidden: number };

type Placed = { key: string; person_id: Id; isScreen: boolean; isSpeaking: boolean; spokeAt: number };

export type Wanted = { layout: Layout; pinned_id: Id | null; interpreters: readonly Id[] };

/** What a layout means for those who are in. Nobody's place changes while they are seen, but for who speaks up. Whoever interprets
 *  always stands beside who speaks, or beside what is shown. */
export function arrange<Box extends Placed>(tiles: readonly Box[], { layout, pinned_id, interpreters: ids }: Wanted, n_max: number): Arrangement<Box> {
  const interpreters = tiles.filter(({ person_id, isScreen }) => !isScreen && ids.includes(person_id));
  const free = tiles.filter((tile) => !interpreters.includes(tile));
  const screen = free.find(({ isScreen }) => isScreen);
  const pinned = free.find(({ person_id, isScreen }) => person_id === pinned_id && !isScreen);
  const talking = free.filter(({ isScreen }) => !isScreen).reduce<Box | undefined>((last, tile) => (last && last.spokeAt >= tile.spokeAt ? last : tile), undefined);
  const wanted = pinned ?? (layout === 'content' ? screen : layout === 'speaker' ? talking : undefined);
  const large = wanted ?? (interpreters.length > 0 ? talking : undefined) ?? null;
  const rest = free.filter((tile) => tile !== large);
  const room = n_max - (large ? 1 : 0) - interpreters.length;
  if (rest.length <= room) return { large, interpreters, others: rest, n_hidden: 0 };
  const first = [...rest].sort((a, b) => Number(b.isScreen) - Number(a.isScreen) || b.spokeAt - a.spokeAt).slice(0, room);
  return { large, interpreters, others: rest.filter((tile) => first.includes(tile)), n_hidden: rest.length - room };
}

/** People dealt into rooms, as evenly as it goes, in an order that `random` gives. */
export function deal(ids: readonly Id[], n_rooms: number, random: () => number): Id[][] {
  const shuffled = ids.map((id) => ({ id, at: random() })).sort((a, b) => a.at - b.at);
  const rooms: Id[][] = Array.from({ length: n_rooms }, () => []);
  for (const [idx, { id }] of shuffled.entries()) rooms[idx % n_rooms]?.push(id);
  return rooms;
}

export function partOf({ people }: LiveSession, person_id: Id): LivePerson | undefined {
  return people.find((person) => person.person_id === person_id);
}

/** Whose hand is up, the longest first. */
export function handsOf({ people }: LiveSession): LivePerson[] {
  return people.filter(({ hand_at }) => hand_at !== null).sort((a, b) => (a.hand_at ?? 0) - (b.hand_at ?? 0));
}

/** At most three columns, two on a phone, and as square as it goes. */
export function columnsOf(n_tiles: number, isPhone = false): number {
  if (isPhone) return n_tiles > 2 ? 2 : 1;
  return Math.min(3, Math.ceil(Math.sqrt(n_tiles)));
}

export type VoiceShare = 'none' | 'little' | 'quarter' | 'third' | 'half' | 'most';

/** How much of all that was spoken somebody spoke, in words: numbers would be compared. */
export function shareOf(spoke_s: number, total_s: number): VoiceShare {
  if (spoke_s <= 0 || total_s <= 0) return 'none';
  const share = spoke_s / total_s;
  if (share < 0.17) return 'little';
  if (share < 0.29) return 'quarter';
  if (share < 0.42) return 'third';
  return share < 0.6 ? 'half' : 'most';
}

/** A session after an event. Of a large one events name only who has changed; see `roster`. */
export function after(before: LiveSession | undefined, { session, roster }: LiveChanged): LiveSession {
  if (roster !== 'changed' && roster !== 'ask') return session;
  const changed = new Map(session.people.map((person) => [person.person_id, person]));
  const known = before?.people ?? [];
  const kept = known.map((person) => changed.get(person.person_id) ?? person);
  const come = session.people.filter(({ person_id }) => known.every((person) => person.person_id !== person_id));
  const isOver = session.ended_at !== null;
  const people = [...kept, ...come].map((person) => (isOver ? { ...person, is_in: false, hand_at: null, breakout_id: null } : person));
  return { ...session, people: people.sort(byPart) };
}

/** Hosts first, then hands in the order in which they went up; the others stay as they are. */
function byPart(one: LivePerson, other: LivePerson): number {
  const host = Number(other.role === 'host') - Number(one.role === 'host');
  return host || (one.hand_at ?? Number.MAX_VALUE) - (other.hand_at ?? Number.MAX_VALUE);
}
