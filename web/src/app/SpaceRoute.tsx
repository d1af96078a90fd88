import { useParams, useSearch } from '@tanstack/react-router';
import { SpaceScreen } from '@/features/spaces/screens/SpaceScreen';

export function SpaceRoute() {
  const { spaceId } = useParams({ from: '/browse/$spaceId' });
  const { tab = 'channels' } = useSearch({ from: '/browse/$spaceId' });
  return <SpaceScreen key={spaceId} spaceId={spaceId} tab={tab} />;
}
