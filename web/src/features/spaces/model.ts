/**
 * The sidebar and its order as plain data: which sections there are, what stands in them, what a move changes.
 * A channel stands in exactly one section: pinned if it is a favourite, else its space, else direct conversations.
 */
import type { ChannelRow, Id, Space, Start, TopicUnread } from '@/api/types';
import { levelIn, type Telling } from '@/realtime/levels';

export type SidebarSection =
  | { kind: 'pinned'; key: 'pinned'; rows: ChannelRow[] }
  | { kind: 'space'; key: Id; space: Space; rows: ChannelRow[] }
  | { kind: 'direct'; key: 'direct'; rows: ChannelRow[] };

export type Move = { id: Id; position: number };

// Room for ten moves between two neighbours before their section is numbered anew.
const positionStep = 1024;

export function arrangeSidebar(spaces: readonly Space[], channels: readonly ChannelRow[], locale: string): SidebarSection[] {
  const rows = channels.filter((row) => !row.archived && row.is_member).toSorted((a, b) => compareRows(a, b, locale));
  const unpinned = rows.filter((row) => !row.favourite);
  const sections: SidebarSection[] = [];
  const pinned = rows.filter((row) => row.favourite);
  if (pinned.length > 0) sections.push({ kind: 'pinned', key: 'pinned', rows: pinned });
  const openSpaces = spaces.filter((space) => !space.archived && space.my_role !== null);
  for (const space of openSpaces.toSorted((a, b) => a.name.localeCompare(b.name, locale))) {
    sections.push({ kind: 'space', key: space.id, space, rows: unpinned.filter((row) => row.space_id === space.id) });
  }
  sections.push({ kind: 'direct', key: 'direct', rows: unpinned.filter((row) => row.kind === 'direct') });
  return sections;
}

/** By the person's own order; what they never moved follows by name, direct conversations with the newest message first. */
function compareRows(a: ChannelRow, b: ChannelRow, locale: string): number {
  const byPosition = (a.position ?? Infinity) - (b.position ?? Infinity);
  if (byPosition !== 0 && !Number.isNaN(byPosition)) return byPosition;
  if (a.kind === 'direct' && b.kind === 'direct') return (b.last_at ?? 0) - (a.last_at ?? 0) || b.id.localeCompare(a.id);
  return a.name.localeCompare(b.name, locale);
}

/** What to store so that the row stands at `toIdx` of its section: mostly one number, a whole section when room ran out. */
export function planMove(rows: readonly ChannelRow[], id: Id, toIdx: number): Move[] {
  const moved = rows.find((row) => row.id === id);
  if (!moved || rows.indexOf(moved) === toIdx) return [];
  const others = rows.filter((row) => row.id !== id);
  const before = others[toIdx - 1];
  const after = others[toIdx];
  const low = before ? before.position : 0;
  const high = after ? after.position : (low ?? 0) + 2 * positionStep;
  if (low !== null && high !== null && high - low >= 2) return [{ id, position: Math.floor((low + high) / 2) }];
  return others
    .toSpliced(toIdx, 0, moved)
    .map((row, idx) => ({ id: row.id, position: (idx + 1) * positionStep }))
    .filter((move) => rows.find((row) => row.id === move.id)?.position !== move.position);
}

/** Unread in the bold-name sense; where nothing is wanted no name is bold. */
export function isUnread(row: ChannelRow, telling: Telling): boolean {
  return levelIn(telling, row) !== 'nothing' && (row.n_unread > 0 || row.n_mentions > 0);
}

/** Topics with something unread that is wanted; of those where only what needs me counts just that. */
export function toldTopics(row: ChannelRow, telling: Telling): TopicUnread[] {
  return row.topics.flatMap((topic) => {
    if (levelIn(telling, row, topic.topic_id) === 'nothing') return [];
    const n_unread = telling.levels[topic.topic_id] === 'needs_me' ? topic.n_mentions : topic.n_unread;
    return n_unread > 0 ? [{ ...topic, n_unread }] : [];
  });
}

/** Worth a look even in a folded section: unread, or a topic is. */
export function hasNews(row: ChannelRow, telling: Telling): boolean {
  return isUnread(row, telling) || toldTopics(row, telling).length > 0;
}

/** What waits for this person: what names them, everything said in a direct conversation, and whatever is said where they want
 *  to hear of everything. */
export function countForMe(row: ChannelRow, telling: Telling): number {
  const level = levelIn(telling, row);
  const isAll = level === 'all' || row.kind === 'direct';
  const n_stream = level === 'nothing' ? 0 : isAll ? Math.max(row.n_unread, row.n_mentions) : row.n_mentions;
  const n_of = (topic: TopicUnread) => (levelIn(telling, row, topic.topic_id) === 'all' ? topic.n_unread : topic.n_mentions);
  return toldTopics(row, telling).reduce((sum, topic) => sum + n_of(topic), n_stream);
}

/** What this device knows of what needs this person: what calls them, and direct conversations with something new. Of asks it
 *  knows nothing. */
export function countCalls(start: Pick<Start, 'channels'> & Telling): number {
  const n_of = (row: ChannelRow) => (row.kind === 'direct' ? Number(row.n_unread > 0 || toldTopics(row, start).length > 0) : row.n_mentions + row.topics.reduce((sum, topic) => sum + topic.n_mentions, 0));
  return start.channels.reduce((sum, row) => sum + n_of(row), 0);
}

/** The row above or below the current one, going round; of those that `isWanted`, where that is said. */
export function neighbourOf(sections: readonly SidebarSection[], currentId: Id | null, step: 1 | -1, isWanted?: (row: ChannelRow) => boolean): ChannelRow | undefined {
  const rows = sections.flatMap((section) => section.rows);
  const from = rows.findIndex((row) => row.id === currentId);
  const start = from === -1 && step === -1 ? 0 : from;
  for (let n = 1; n <= rows.length; n += 1) {
    const row = rows[(start + step * n + rows.length * n) % rows.length];
    if (row && row.id !== currentId && (!isWanted || isWanted(row))) return row;
  }
  return undefined;
}

const SLOW_STEPS_S = [0, 10, 30, 60, 300, 900, 3600, 6 * 3600];

/** What slow mode is chosen from, in seconds: the steps, and what a program may have set between them. */
export function slowSteps(current_s: number): number[] {
  return [...new Set([...SLOW_STEPS_S, current_s])].sort((a, b) => a - b);
}
