/** The rows of the palette, in the order in which arrows go through them. What the server finds comes after what is here. */
import type { ChannelView, SearchHit, SearchPage, SearchPlaces } from '@/api/types';
import { targetOf } from '@/features/search/target';
import type { Target } from '@/router/paths';
import type { JumpTarget } from './jump';

export type PaletteRow =
  | { kind: 'place'; key: string; target: JumpTarget }
  | { kind: 'search'; key: 'search'; text: string }
  | { kind: 'advice'; key: 'advice' }
  | { kind: 'screen'; key: string; screen: JumpScreen }
  | { kind: 'hit'; key: string; hit: SearchHit; channel: ChannelView | undefined };

/** Screens that are found by their names. */
export const SCREENS = ['today', 'inbox', 'schedule', 'asks', 'scheduled', 'reminders', 'live'] as const;
export type JumpScreen = (typeof SCREENS)[number];

/** What a screen is called. */
export function nameOfScreen(screen: JumpScreen) {
  return screen === 'asks' || screen === 'scheduled' || screen === 'reminders' || screen === 'live' ? (`jump_to_${screen}` as const) : screen;
}

export type PaletteGroup = { key: 'places' | 'screens' | 'advice' | 'search' | 'topics' | 'messages'; hasTitle: boolean; rows: PaletteRow[] };

const TOPICS_SHOWN = 3;

export function groupsOf(
  found: readonly JumpTarget[],
  text: string,
  places: SearchPlaces | undefined,
  glance: SearchPage | undefined,
  hasAdvice: boolean,
  screens: readonly JumpScreen[],
): PaletteGroup[] {
  const asked = text.trim();
  const searchRow: PaletteRow = { kind: 'search', key: 'search', text: asked };
  const topics = (places?.topics ?? []).slice(0, TOPICS_SHOWN);
  // A topic that is shown as such is not shown again among the messages.
  const messages = (glance?.hits ?? []).filter((hit) => hit.kind === 'message');
  const channels = new Map((glance?.channels ?? []).map((channel) => [channel.id, channel]));
  const row = (hit: SearchHit): PaletteRow => ({
    kind: 'hit',
    key: hit.kind + (hit.kind === 'topic' ? hit.topic_id : hit.message_id),
    hit,
    channel: channels.get(hit.channel_id),
  });
  const groups: PaletteGroup[] = [
    { key: 'places', hasTitle: asked !== '', rows: found.map((target) => ({ kind: 'place', key: target.kind + target.id, target })) },
    { key: 'screens', hasTitle: false, rows: screens.map((screen) => ({ kind: 'screen', key: screen, screen })) },
    { key: 'advice', hasTitle: false, rows: hasAdvice ? [{ kind: 'advice', key: 'advice' }] : [] },
    { key: 'search', hasTitle: false, rows: asked ? [searchRow] : [] },
    { key: 'topics', hasTitle: true, rows: topics.map(row) },
    { key: 'messages', hasTitle: true, rows: messages.map(row) },
  ];
  return groups.filter((group) => group.rows.length > 0);
}

export function targetOfRow(row: Exclude<PaletteRow, { kind: 'advice' }>): Target {
  if (row.kind === 'screen') return { to: row.screen === 'reminders' ? '/scheduled' : `/${row.screen}` };
  if (row.kind === 'search') return { to: '/search', search: { q: row.text } };
  if (row.kind === 'hit') return targetOf(row.hit);
  const { kind, id } = row.target;
  if (kind === 'group') return { to: '/groups/$groupId', params: { groupId: id } };
  return kind === 'person' ? { to: '/people/$personId', params: { personId: id } } : { to: '/c/$channelId', params: { channelId: id } };
}
