/** What a channel is called. A direct conversation has no name of its own: it is called after the others in it. */
import { currentLocale } from '@/i18n/core';
import type { ChannelRow, Id, Person } from '@/api/types';

export function channelName(channel: ChannelRow, me_id: Id, find: (id: Id) => Person | undefined): string {
  if (channel.kind !== 'direct') return channel.name;
  const others = channel.people.filter((id) => id !== me_id);
  const names = (others.length > 0 ? others : [me_id]).flatMap((id) => find(id)?.name ?? []);
  return new Intl.ListFormat(currentLocale(), { style: 'narrow' }).format(names);
}

/** The name as one writes it: "#general", but "Inês Duarte". */
export function nameOf(channel: ChannelRow, name: string): string {
  return channel.kind === 'direct' ? name : `#${name}`;
}
