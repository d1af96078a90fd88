import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense, useEffect, useState } from 'react';
import { onPersonCard, type Asked } from '@/lib/personCard';
import { navigate } from '@/router/location';
import { usePlace } from '@/router/usePlace';
import { useIsPhone } from '@/ui/useIsPhone';
import type { Thanking } from './ThanksPerson';

const ThanksPerson = lazy(() => untilThere(() => import('./ThanksPerson')).then((module) => ({ default: module.ThanksPerson })));
const PersonCard = lazy(() => untilThere(() => import('./PersonCard')).then((module) => ({ default: module.PersonCard })));

/** Shows the card that a press on a name asks for; on a phone it is the whole page of the person. */
export function PersonCards() {
  const isPhone = useIsPhone();
  const { pathname } = usePlace();
  const [shown, setShown] = useState<(Asked & { pathname: string }) | null>(null);

  // A dialog closes the card, so it stands beside it.
  const [thanked, setThanked] = useState<Thanking | null>(null);

  useEffect(
    () =>
      onPersonCard((asked) => {
        if (isPhone) navigate({ to: '/people/$personId', params: { personId: asked.id } });
        else setShown({ ...asked, pathname });
      }),
    [isPhone, pathname],
  );

  return (
    <Suspense fallback={null}>
      {shown?.pathname === pathname && <PersonCard key={shown.id} id={shown.id} anchor={shown.anchor} onClose={() => setShown(null)} onThank={setThanked} />}
      {thanked && <ThanksPerson key={thanked.person.id} {...thanked} onClose={() => setThanked(null)} />}
    </Suspense>
  );
}
