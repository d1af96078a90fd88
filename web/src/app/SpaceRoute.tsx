import { untilThere } from '@/lib/untilThere';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useParams, usePlace } from '@/router/usePlace';
import { spaceGroupsQuery } from '@/features/groups/queries';
import { SpaceGroups } from '@/features/groups/parts/SpaceGroups';
import { PeoplePicker } from '@/features/spaces/parts/PeoplePicker';
import { SpaceScreen } from '@/features/spaces/screens/SpaceScreen';

const CharterSection = lazy(() => untilThere(() => import('@/features/charters/parts/CharterSection')).then((module) => ({ default: module.CharterSection })));
const RotaSection = lazy(() => untilThere(() => import('@/features/urgent/parts/RotaSection')).then((module) => ({ default: module.RotaSection })));
const ThanksPlaceSection = lazy(() => untilThere(() => import('@/features/thanks/parts/ThanksPlaceSection')).then((module) => ({ default: module.ThanksPlaceSection })));

export function SpaceRoute() {
  const { spaceId = '' } = useParams();
  const { tab } = usePlace().search;
  const known = tab === 'members' || tab === 'groups' || tab === 'settings' ? tab : 'channels';
  const groups = useQuery({ ...spaceGroupsQuery(spaceId), enabled: known === 'settings' }).data ?? [];
  const settings = (
    <Suspense fallback={null}>
      <CharterSection path={`/api/spaces/${spaceId}/charter`} />
      <RotaSection space_id={spaceId} PickPeople={PeoplePicker} groups={groups.map(({ id, handle }) => ({ id, name: `@${handle}` }))} />
      <ThanksPlaceSection space_id={spaceId} />
    </Suspense>
  );
  return <SpaceScreen key={spaceId} spaceId={spaceId} tab={known} Groups={SpaceGroups} settings={settings} />;
}
