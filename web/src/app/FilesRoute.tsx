import { GalleryScreen } from '@/features/files/screens/GalleryScreen';
import { useChannelName } from '@/realtime/channelName';
import { useChannelRow } from '@/realtime/start';
import { useParams, usePlace } from '@/router/usePlace';

/** What was posted in a channel, or in all that I am in. */
export function FilesRoute() {
  const { channelId = null } = useParams();
  const { tab } = usePlace().search;
  const name = useChannelName(useChannelRow(channelId ?? ''));
  return <GalleryScreen channelId={channelId} channelName={channelId ? name : ''} shelf={tab === 'files' ? 'files' : 'pictures'} />;
}
