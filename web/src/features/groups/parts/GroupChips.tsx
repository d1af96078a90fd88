import { useQuery } from '@tanstack/react-query';
import type { Id } from '@/api/types';
import { Link } from '@/router/Link';
import { Chip } from '@/ui/Chip';
import { personGroupsQuery } from '../queries';

/** As many as fit a small card. */
const MAX_SHOWN = 6;

/** The groups of somebody in few words. */
export function GroupChips({ personId }: { personId: Id }) {
  const { data: groups = [] } = useQuery(personGroupsQuery(personId));
  return groups.slice(0, MAX_SHOWN).map(({ id, handle, title }) => (
    <Link key={id} to="/groups/$groupId" params={{ groupId: id }} title={title}>
      <Chip>
        <bdi>@{handle}</bdi>
      </Chip>
    </Link>
  ));
}
