import { useEffect } from 'react';
import type { ChannelRow, LandingView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useIsPhone } from '@/ui/useIsPhone';
import { sayThere } from '../model';
import { useLanding } from '../queries';
import { useText, type LaterText } from '../strings';

type Offer = { how: { kind: 'landing' } | { kind: 'silent' }; label: string };

/** Says what Send does while the others of a direct conversation are not at work. Draws nothing. */
export function Landing({ channel, onOffers }: { channel: ChannelRow; onOffers: (offers: readonly Offer[]) => void }) {
  const t = useText();
  const isPhone = useIsPhone();
  const { data } = useLanding(channel.id);
  const locale = currentLocale();
  useEffect(() => {
    onOffers(data ? offersOf(data, locale, isPhone, t) : []);
    return () => onOffers([]);
  }, [data, locale, isPhone, t, onOffers]);
  return null;
}

function offersOf({ choices, at, time_zone }: LandingView, locale: string, isShort: boolean, t: LaterText): Offer[] {
  return choices.flatMap((choice): Offer[] => {
    // In the menu anyway: calling somebody is asked about first.
    if (choice === 'urgent') return [];
    if (choice === 'silent') return [{ how: { kind: 'silent' }, label: t(isShort ? 'silently_short' : 'silently') }];
    if (at === null || time_zone === null) return [];
    return [{ how: { kind: 'landing' }, label: t(isShort ? 'deliver_short' : 'deliver_at', { when: sayThere(at, locale, time_zone) }) }];
  });
}
