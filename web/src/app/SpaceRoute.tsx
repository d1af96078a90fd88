import { useParams, usePlace } from '@/router/usePlace';
import { SpaceGroups } from '@/features/groups/parts/SpaceGroups';
import { SpaceScreen } from '@/features/spaces/screens/SpaceScreen';

export function SpaceRoute() {
  const { spaceId = '' } = useParams();
  const { tab } = usePlace().search;
  const known = tab === 'members' || tab === 'groups' || tab === 'settings' ? tab : 'channels';
  return <SpaceScreen key={spaceId} spaceId={spaceId} tab={known} Groups={SpaceGroups} />;
}
