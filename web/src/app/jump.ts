/** What the jump palette offers, and which of it fits the letters typed. */
import { channelName } from '@/realtime/channelName';
import type { ChannelKind, ChannelRow, GroupView, Id, Person, SearchPlaces, Start } from '@/api/types';

export type JumpTarget = {
  kind: ChannelKind | 'person' | 'group';
  id: Id;
  name: string;
  where: string;
  n_unread: number;
  face?: Pick<Person, 'id' | 'name' | 'picture'>;
};

// More rows than fit the screen help nobody; one more letter does.
const maxShown = 12;
/** One letter is in everything. */
const MEANT_FROM = 2;

export function listTargets(start: Start, people: readonly Person[]): JumpTarget[] {
  const byId = new Map(people.map((person) => [person.id, person]));
  const channels = start.channels.filter((row) => !row.archived).map((row) => channelTarget(row, start, byId));
  // Somebody I talk with already is found as that conversation.
  const met = new Set(channels.flatMap((target) => target.face?.id ?? []));
  const others = people.filter((person) => !person.deactivated && person.id !== start.me.id && !met.has(person.id));
  return [...channels, ...others.map(personTarget)];
}

/** Groups by handle or title, for whoever types; their page says who is in them. */
export function groupTargets(groups: readonly GroupView[]): JumpTarget[] {
  return groups.map(({ id, handle, title }) => ({ kind: 'group', id, name: handle, where: title, n_unread: 0 }));
}

/** Nothing typed: what is unread first. Else names that begin with the text, then words that do, then any part. */
export function findTargets(targets: readonly JumpTarget[], text: string): JumpTarget[] {
  const wanted = fold(text);
  const ranked = targets
    .map((target) => ({ target, rank: wanted ? rankOf(fold(target.name), wanted) : target.n_unread > 0 ? 0 : 1 }))
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  return ranked.slice(0, maxShown).map(({ target }) => target);
}

/** Behind what this browser knows: channels that one could open, and people it has not heard of. */
export function withServerPlaces(found: readonly JumpTarget[], places: SearchPlaces | undefined, start: Start): JumpTarget[] {
  if (!places) return [...found];
  const known = new Set([...found.flatMap((target) => [target.id, target.face?.id ?? '']), start.me.id]);
  const mine = new Set(start.channels.map((row) => row.id));
  const channels = places.channels
    .filter((channel) => !channel.archived && !known.has(channel.id) && !mine.has(channel.id))
    .map(({ kind, id, name, space_id }): JumpTarget => {
      const space = start.spaces.find((candidate) => candidate.id === space_id);
      return { kind, id, name, n_unread: 0, where: space?.name ?? '' };
    });
  const people = places.people.filter((person) => !known.has(person.id)).map(personTarget);
  return [...found, ...channels, ...people].slice(0, maxShown);
}

/** Whether what somebody typed may mean this. */
export function isMeant(name: string, text: string): boolean {
  const wanted = fold(text);
  return wanted.length >= MEANT_FROM && rankOf(fold(name), wanted) !== null;
}

function rankOf(name: string, wanted: string): number | null {
  if (name.startsWith(wanted)) return 0;
  if (name.split(/[\s\-_.]+/u).some((word) => word.startsWith(wanted))) return 1;
  return name.includes(wanted) ? 2 : null;
}

/** Without case and accents: "ines" finds Inês. */
function fold(text: string): string {
  return text.trim().replace(/^[#@]/, '').normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

function channelTarget(row: ChannelRow, start: Start, people: ReadonlyMap<Id, Person>): JumpTarget {
  const { id, kind, n_unread } = row;
  if (kind !== 'direct') {
    const space = start.spaces.find((candidate) => candidate.id === row.space_id);
    return { kind, id, n_unread, name: row.name, where: space?.name ?? '' };
  }
  const others = row.people.flatMap((other) => (other === start.me.id ? [] : (people.get(other) ?? [])));
  const face = others.length === 1 ? others[0] : undefined;
  return { kind, id, n_unread, name: channelName(row, start.me.id, (other) => people.get(other)), where: '', ...(face && { face }) };
}

function personTarget(person: Person): JumpTarget {
  return { kind: 'person', id: person.id, name: person.name, where: '', n_unread: 0, face: person };
}
