import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChannelKind, Person } from '@/api/types';
import { useDebounced } from '@/lib/useDebounced';
import { channelName } from '@/realtime/channelName';
import { listKnownPeople } from '@/realtime/people';
import { useStart } from '@/realtime/start';
import { hasValues, isoDay, isValues, type Filter } from '../model';
import { placesQuery } from '../queries';
import { useText } from '../strings';

export type Suggestion = {
  key: string;
  /** What is put into the filter. */
  value: string;
  label: string;
  hint?: string;
  face?: Pick<Person, 'id' | 'name' | 'picture'>;
  channelKind?: ChannelKind;
  isDay?: true;
};

const SHOWN = 8;
const DAY_MS = 86_400_000;

/** What could follow a filter: people and channels of this browser at once, those of the server a moment later. */
export function useSuggestions(filter: Filter | null): Suggestion[] {
  const t = useText();
  const wanted = fold(filter?.value ?? '');
  const people = usePeople(filter?.key === 'from' ? wanted : null, t('me'));
  const channels = useChannels(filter?.key === 'in' ? wanted : null);
  if (!filter) return [];
  const begins = ({ value, label }: Suggestion) => fold(value).startsWith(wanted) || fold(label).includes(wanted);
  switch (filter.key) {
    case 'from':
      return people.slice(0, SHOWN);
    case 'in':
      return channels.slice(0, SHOWN);
    case 'has':
      return hasValues.map((value) => ({ key: value, value, label: t(`has_${value}`), hint: `has:${value}` })).filter(begins);
    case 'is':
      return isValues.map((value) => ({ key: value, value, label: t(`is_${value}`), hint: `is:${value}` })).filter(begins);
    default:
      return days([t('today'), t('week'), t('month'), t('year')]).filter(begins);
  }
}

function usePeople(wanted: string | null, me: string): Suggestion[] {
  const cache = useQueryClient();
  const { data: start } = useStart();
  // Whom the server names is known to the browser from then on.
  useServer(wanted);
  if (wanted === null) return [];
  const known = listKnownPeople(cache).filter((person) => !person.deactivated && wordsBegin(person.name, wanted));
  const others = known.filter((person) => person.id !== start?.me.id).toSorted((a, b) => a.name.localeCompare(b.name));
  const named = others.map((person) => ({ key: person.id, value: person.name, label: person.name, face: person }));
  return start && wordsBegin(me, wanted) ? [{ key: 'me', value: 'me', label: me, hint: start.me.name, face: start.me }, ...named] : named;
}

function useChannels(wanted: string | null): Suggestion[] {
  const cache = useQueryClient();
  const { data: start } = useStart();
  const asked = useServer(wanted);
  if (wanted === null || !start) return [];
  const people = new Map(listKnownPeople(cache).map((person) => [person.id, person]));
  const found = new Map<string, Suggestion>();
  for (const channel of [...start.channels, ...(asked?.channels ?? [])]) {
    const label = channelName(channel, start.me.id, (id) => people.get(id));
    const isDirect = channel.kind === 'direct';
    // A conversation of three or more is not named by one person.
    if (!wordsBegin(label, wanted) || (isDirect && channel.people.length !== 2)) continue;
    const space = start.spaces.find(({ id }) => id === channel.space_id);
    found.set(channel.id, {
      key: channel.id,
      value: isDirect ? `@${label}` : channel.name,
      label,
      channelKind: channel.kind,
      ...(space && { hint: space.name }),
    });
  }
  return [...found.values()];
}

function useServer(wanted: string | null) {
  return useQuery(placesQuery(useDebounced(wanted ?? ''))).data;
}

function days(labels: readonly string[]): Suggestion[] {
  const now = Date.now();
  return [0, 7, 30, 365].map((n_days, idx) => {
    const value = isoDay(new Date(now - n_days * DAY_MS));
    return { key: value, value, label: labels[idx] ?? value, hint: value, isDay: true };
  });
}

function wordsBegin(name: string, wanted: string): boolean {
  const folded = fold(name);
  return folded.startsWith(wanted) || folded.split(/[\s\-_.]+/u).some((word) => word.startsWith(wanted));
}

function fold(text: string): string {
  return text.trim().replace(/^[#@]/, '').normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
