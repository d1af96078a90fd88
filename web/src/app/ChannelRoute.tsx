import { navigate } from '@/router/location';
import { useParams, usePlace } from '@/router/usePlace';
import { lazy, Suspense } from 'react';
import { ChannelScreen } from '@/features/messages/screens/ChannelScreen';
import { Pane } from '@/ui/Pane';
import { Skeleton } from '@/ui/Skeleton';

const AboutPanel = lazy(() => import('@/features/spaces/parts/AboutPanel').then((module) => ({ default: module.AboutPanel })));
const PinnedList = lazy(() => import('@/features/messages/parts/PinnedList').then((module) => ({ default: module.PinnedList })));

/** The conversation, and beside it a topic or what there is to know about the channel (`?about=true`). */
export function ChannelRoute() {
  const { channelId = '', topicId = null } = useParams();
  const { about: isAbout } = usePlace().search;
  const closeAbout = () => navigate({ to: '/c/$channelId', params: { channelId } });
  const loading = (
    <Pane as="aside">
      <Skeleton />
    </Pane>
  );
  const about = (
    <Suspense fallback={loading}>
      <AboutPanel key={channelId} channelId={channelId} onClose={closeAbout}>
        <PinnedList channelId={channelId} />
      </AboutPanel>
    </Suspense>
  );
  return <ChannelScreen channelId={channelId} topicId={topicId} about={isAbout ? about : null} />;
}
