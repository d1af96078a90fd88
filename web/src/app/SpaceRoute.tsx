import { useParams, usePlace } from '@/router/usePlace';
import { SpaceScreen } from '@/features/spaces/screens/SpaceScreen';

export function SpaceRoute() {
  const { spaceId = '' } = useParams();
  const { tab = 'channels' } = usePlace().search;
  return <SpaceScreen key={spaceId} spaceId={spaceId} tab={tab} />;
}
