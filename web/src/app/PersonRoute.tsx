import { useParams } from '@/router/usePlace';
import { PersonScreen } from '@/features/accounts/screens/PersonScreen';
import { PersonHoursLine } from '@/features/hours/parts/PersonHoursLine';
import { BlockPerson } from '@/features/moderation/parts/BlockPerson';
import { useIsBlocked } from '@/features/moderation/queries';
import { PersonGroups } from '@/features/groups/parts/PersonGroups';
import { RemoveSecondStep } from '@/features/signin/parts/RemoveSecondStep';
import { WriteToPerson } from '@/features/spaces/parts/WriteToPerson';

export function PersonRoute() {
  const { personId = '' } = useParams();
  return (
    <PersonScreen
      personId={personId}
      actions={(person) => !person.link_guest && <PersonActions personId={personId} />}
      hours={<PersonHoursLine id={personId} />}
      groups={<PersonGroups personId={personId} />}
      manage={(person) => <RemoveSecondStep person={person} />}
    />
  );
}

function PersonActions({ personId }: { personId: string }) {
  const isBlocked = useIsBlocked(personId);
  return (
    <>
      {!isBlocked && <WriteToPerson personId={personId} />}
      <BlockPerson personId={personId} />
    </>
  );
}
