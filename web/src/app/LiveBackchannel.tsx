import type { Id } from '@/api/types';
import { TopicPanel } from '@/features/messages/parts/TopicPanel';
import { useChannel } from '@/features/messages/queries';
import { Pane } from '@/ui/Pane';
import { Skeleton } from '@/ui/Skeleton';
import { TalkParts } from './TalkParts';

/** The topic of a session beside its stage: what is written there are messages like any others. */
export function LiveBackchannel({ channel_id, topic_id, onClose }: { channel_id: Id; topic_id: Id; onClose: () => void }) {
  const { channel } = useChannel(channel_id);
  if (!channel) {
    return (
      <Pane as="aside">
        <Skeleton rows={5} />
      </Pane>
    );
  }
  return (
    <TalkParts isLive>
      <TopicPanel key={topic_id} channel={channel} topicId={topic_id} target={null} above={undefined} onClose={onClose} />
    </TalkParts>
  );
}
