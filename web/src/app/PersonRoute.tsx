import { useState } from 'react';
import type { Person } from '@/api/types';
import { useParams } from '@/router/usePlace';
import { PersonScreen } from '@/features/accounts/screens/PersonScreen';
import { PersonHoursLine } from '@/features/hours/parts/PersonHoursLine';
import { BlockPerson } from '@/features/moderation/parts/BlockPerson';
import { useIsBlocked } from '@/features/moderation/queries';
import { PersonGroups } from '@/features/groups/parts/PersonGroups';
import { RemoveSecondStep } from '@/features/signin/parts/RemoveSecondStep';
import { WriteToPerson } from '@/features/spaces/parts/WriteToPerson';
import { ThankButton } from './ThankButton';
import { ThanksPerson, type Thanking } from './ThanksPerson';

export function PersonRoute() {
  const { personId = '' } = useParams();
  return (
    <PersonScreen
      personId={personId}
      actions={(person) => !person.link_guest && <PersonActions person={person} />}
      hours={<PersonHoursLine id={personId} />}
      groups={<PersonGroups personId={personId} />}
      manage={(person) => <RemoveSecondStep person={person} />}
    />
  );
}

function PersonActions({ person }: { person: Person }) {
  const isBlocked = useIsBlocked(person.id);
  const [thanked, setThanked] = useState<Thanking | null>(null);
  return (
    <>
      {!isBlocked && (
        <>
          <WriteToPerson personId={person.id} />
          <ThankButton person={person} onThank={setThanked} />
        </>
      )}
      <BlockPerson personId={person.id} />
      {thanked && <ThanksPerson {...thanked} onClose={() => setThanked(null)} />}
    </>
  );
}
