/** What a channel is called. A direct conversation has no name of its own: it is called after the others in it. */
import { useQueries } from '@tanstack/react-query';
import type { Channel, Id, Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { personQuery } from '@/realtime/people';
import { useMe } from '@/realtime/start';

/** What a name is made of; rows, views and hits of a search have it. */
export type Named = Pick<Channel, 'kind' | 'name' | 'people'>;

export function channelName(channel: Named, me_id: Id, find: (id: Id) => Person | undefined): string {
  if (channel.kind !== 'direct') return channel.name;
  const names = othersIn(channel, me_id).flatMap((id) => find(id)?.name ?? []);
  return new Intl.ListFormat(currentLocale(), { style: 'narrow' }).format(names);
}

/** Empty while the channel, or those it is named after, are not known. */
export function useChannelName(channel: Named | undefined): string {
  const me_id = useMe()?.id ?? '';
  return useQueries({
    queries: channel?.kind === 'direct' ? othersIn(channel, me_id).map(personQuery) : [],
    combine: (people) => (channel ? channelName(channel, me_id, (id) => people.find(({ data }) => data?.id === id)?.data) : ''),
  });
}

/** The name as one writes it: "#general", but "Inês Duarte". */
export function nameOf(channel: Named, name: string): string {
  return channel.kind === 'direct' ? name : `#${name}`;
}

function othersIn(channel: Named, me_id: Id): Id[] {
  return channel.people.filter((id) => id !== me_id);
}
