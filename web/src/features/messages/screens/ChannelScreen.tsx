import type { ReactNode } from 'react';
import type { Id } from '@/api/types';

export type ChannelScreenProps = {
  channelId: Id;
  /** Set when the topic panel is open. */
  topicId: Id | null;
  /** A panel of another feature (members and settings of the channel), shown instead of the topic panel. */
  about: ReactNode;
};

export function ChannelScreen({ channelId, about }: ChannelScreenProps) {
  return (
    <main>
      {channelId}
      {about}
    </main>
  );
}
