import { useQueries } from '@tanstack/react-query';
import type { ChannelRow } from '@/api/types';
import { personQuery } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { channelName } from '../channelName';

/** Empty while the channel is not known. */
export function useChannelName(channel: ChannelRow | undefined): string {
  const me = useMe();
  const people = useQueries({ queries: (channel?.people ?? []).map(personQuery) }).map(({ data }) => data);
  return channel ? channelName(channel, me?.id ?? '', (id) => people.find((person) => person?.id === id)) : '';
}
