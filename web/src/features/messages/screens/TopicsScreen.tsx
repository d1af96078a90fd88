import type { Id } from '@/api/types';

export function TopicsScreen({ channelId }: { channelId: Id }) {
  return <main>{channelId}</main>;
}
