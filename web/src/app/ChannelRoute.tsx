import { untilThere } from '@/lib/untilThere';
import { navigate } from '@/router/location';
import { useParams, usePlace } from '@/router/usePlace';
import { lazy, Suspense } from 'react';
import type { Topic } from '@/api/types';
import { ChannelScreen } from '@/features/messages/screens/ChannelScreen';
import { useMe } from '@/realtime/start';
import { Pane } from '@/ui/Pane';
import { Skeleton } from '@/ui/Skeleton';
import { TalkParts } from './TalkParts';

const CharterLine = lazy(() => untilThere(() => import('@/features/charters/parts/CharterLine')).then((module) => ({ default: module.CharterLine })));
const CharterPanel = lazy(() => untilThere(() => import('@/features/charters/parts/CharterPanel')).then((module) => ({ default: module.CharterPanel })));
const TopicCharter = lazy(() => untilThere(() => import('@/features/charters/parts/TopicCharter')).then((module) => ({ default: module.TopicCharter })));
const Around = lazy(() => untilThere(() => import('@/features/hours/parts/Around')).then((module) => ({ default: module.Around })));
const ChannelAround = lazy(() => untilThere(() => import('./ChannelAround')).then((module) => ({ default: module.ChannelAround })));
const AboutPanel = lazy(() => untilThere(() => import('@/features/spaces/parts/AboutPanel')).then((module) => ({ default: module.AboutPanel })));
const ChannelHooks = lazy(() => untilThere(() => import('@/features/bots/parts/ChannelHooks')).then((module) => ({ default: module.ChannelHooks })));
const GuestLinks = lazy(() => untilThere(() => import('@/features/guests/parts/GuestLinks')).then((module) => ({ default: module.GuestLinks })));
const ChannelRetentionPart = lazy(() => untilThere(() => import('@/features/admin/parts/ChannelRetentionPart')).then((module) => ({ default: module.ChannelRetentionPart })));
const FilesLinks = lazy(() => untilThere(() => import('./FilesLinks')).then((module) => ({ default: module.FilesLinks })));
const PinnedList = lazy(() => untilThere(() => import('@/features/messages/parts/PinnedList')).then((module) => ({ default: module.PinnedList })));

const TranscriptOverlay = lazy(() => untilThere(() => import('./TranscriptOverlay')).then((module) => ({ default: module.TranscriptOverlay })));

/** The conversation, and beside it a topic or what there is to know about the channel (`?about=true`).
 *  Over it, with `?transcript=true`, what a file of it should hold. */
export function ChannelRoute() {
  const { channelId = '', topicId = null } = useParams();
  const { about: isAbout, transcript } = usePlace().search;
  const isGuest = useMe()?.link_guest === true;
  const closeAbout = () => navigate({ to: '/c/$channelId', params: { channelId } });
  const loading = (
    <Pane as="aside">
      <Skeleton />
    </Pane>
  );
  const about = (
    <Suspense fallback={loading}>
      <AboutPanel key={channelId} channelId={channelId} onClose={closeAbout} guestLinks={<GuestLinks channelId={channelId} />} manage={<ChannelHooks channelId={channelId} />}>
        {!isGuest && <FilesLinks channelId={channelId} />}
        {!isGuest && <PinnedList channelId={channelId} />}
        {!isGuest && <CharterPanel path={`/api/channels/${channelId}/charter`} />}
        {!isGuest && <ChannelAround channelId={channelId} />}
        {!isGuest && <ChannelRetentionPart channelId={channelId} />}
      </AboutPanel>
    </Suspense>
  );
  const line = (
    <Suspense fallback={null}>
      <CharterLine path={`/api/channels/${channelId}/charter`} />
    </Suspense>
  );
  return (
    <TalkParts>
      <ChannelScreen channelId={channelId} topicId={topicId} about={isAbout ? about : null} line={line} aboveTopic={isGuest ? undefined : aboveTopic} />
      <Suspense fallback={null}>{transcript && <TranscriptOverlay channelId={channelId} topicId={topicId} />}</Suspense>
    </TalkParts>
  );
}

/** What is expected in a topic, and when those who wrote in it are around. */
function aboveTopic(topic: Topic) {
  return (
    <Suspense fallback={null}>
      <TopicCharter path={`/api/channels/${topic.channel_id}/topics/${topic.id}/charter`} />
      <Around ids={topic.people} heading={false} />
    </Suspense>
  );
}
