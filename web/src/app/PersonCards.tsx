import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense, useEffect, useState } from 'react';
import { onPersonCard, type Asked } from '@/lib/personCard';
import { navigate } from '@/router/location';
import { usePlace } from '@/router/usePlace';
import { useIsPhone } from '@/ui/useIsPhone';

const PersonCard = lazy(() => untilThere(() => import('./PersonCard')).then((module) => ({ default: module.PersonCard })));

/** Shows the card that a press on a name asks for; on a phone it is the whole page of the person. */
export function PersonCards() {
  const isPhone = useIsPhone();
  const { pathname } = usePlace();
  const [shown, setShown] = useState<(Asked & { pathname: string }) | null>(null);

  useEffect(
    () =>
      onPersonCard((asked) => {
        if (isPhone) navigate({ to: '/people/$personId', params: { personId: asked.id } });
        else setShown({ ...asked, pathname });
      }),
    [isPhone, pathname],
  );

  if (!shown || shown.pathname !== pathname) return null;
  return (
    <Suspense fallback={null}>
      <PersonCard key={shown.id} id={shown.id} anchor={shown.anchor} onClose={() => setShown(null)} />
    </Suspense>
  );
}
