import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense } from 'react';
import { GalleryScreen } from '@/features/files/screens/GalleryScreen';
import { useChannelName } from '@/realtime/channelName';
import { useChannelRow } from '@/realtime/start';
import { useParams, usePlace } from '@/router/usePlace';
import { Skeleton } from '@/ui/Skeleton';

const LinkShelf = lazy(() => untilThere(() => import('@/features/links/parts/LinkShelf')).then((module) => ({ default: module.LinkShelf })));

/** What was posted in a channel, or in all that I am in. */
export function FilesRoute() {
  const { channelId = null } = useParams();
  const { tab } = usePlace().search;
  const name = useChannelName(useChannelRow(channelId ?? ''));
  const links = (
    <Suspense fallback={<Skeleton rows={6} />}>
      <LinkShelf channelId={channelId} />
    </Suspense>
  );
  const shelf = tab === 'files' || tab === 'links' ? tab : 'pictures';
  return <GalleryScreen channelId={channelId} channelName={channelId ? name : ''} shelf={shelf} links={links} />;
}
