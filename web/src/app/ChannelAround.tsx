import { useInfiniteQuery } from '@tanstack/react-query';
import type { Id } from '@/api/types';
import { Around, AROUND_MAX } from '@/features/hours/parts/Around';
import { channelMembersQuery } from '@/features/spaces/queries';

/** When the members of a channel are around, where they are few enough for one sentence about all of them. */
export function ChannelAround({ channelId }: { channelId: Id }) {
  const { data: members } = useInfiniteQuery(channelMembersQuery(channelId));
  if (!members || members.length > AROUND_MAX) return null;
  return <Around ids={members.map(({ person }) => person.id)} />;
}
