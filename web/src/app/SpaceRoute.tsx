import { useParams, usePlace } from '@/router/usePlace';
import { SpaceScreen } from '@/features/spaces/screens/SpaceScreen';

export function SpaceRoute() {
  const { spaceId = '' } = useParams();
  const { tab } = usePlace().search;
  const known = tab === 'members' || tab === 'settings' ? tab : 'channels';
  return <SpaceScreen key={spaceId} spaceId={spaceId} tab={known} />;
}
