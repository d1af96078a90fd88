import { untilThere } from '@/lib/untilThere';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { onSignedOut } from '@/api/client';
import { accountsEvents } from '@/features/accounts/events';
import { askEvents } from '@/features/asks/events';
import { calendarEvents } from '@/features/calendar/events';
import { charterEvents } from '@/features/charters/events';
import { hoursEvents } from '@/features/hours/events';
import { inboxEvents } from '@/features/inbox/events';
import { adviceEvents } from '@/features/advice/events';
import { knockEvents } from '@/features/knock/events';
import { laterEvents } from '@/features/later/events';
import { linkEvents } from '@/features/links/events';
import { forgetChannel, messageEvents } from '@/features/messages/events';
import { beginMessages } from '@/features/messages/queries';
import { tellReadOnLeaving } from '@/features/messages/readQueries';
import { moderationEvents } from '@/features/moderation/events';
import { notifyEvents } from '@/features/notify/events';
import { urgentEvents } from '@/features/urgent/events';
import { spacesEvents } from '@/features/spaces/events';
import { forgetPerson } from '@/lib/device';
import { followSystemColours } from '@/lib/appearance';
import { keepQueries } from '@/realtime/kept';
import { emojiEvents } from '@/realtime/emoji';
import { registerEvents, registerGone } from '@/realtime/events';
import { findStart } from '@/realtime/start';
import { currentPlace, subscribeToPlace } from '@/router/location';
import { PlaceProvider } from '@/router/PlaceProvider';
import { markNavigated } from '@/ui/paneFocus';
import { CurrentScreen } from './CurrentScreen';
import { queryClient } from './queryClient';
import { Shell } from './Shell';

const Toasts = lazy(() => untilThere(() => import('@/ui/Toasts')).then((module) => ({ default: module.Toasts })));

export function App() {
  useEffect(() => followSystemColours(), []);
  return (
    <QueryClientProvider client={queryClient}>
      <PlaceProvider>
        <Shell>
          <CurrentScreen />
        </Shell>
        <Suspense fallback={null}>
          <Toasts />
        </Suspense>
      </PlaceProvider>
    </QueryClientProvider>
  );
}

onSignedOut(() => {
  const here = location.pathname + location.search;
  const isGuest = findStart(queryClient)?.me.link_guest;
  void forgetPerson().then(() => location.assign(isGuest ? '/guest/ended' : `/sign-in?next=${encodeURIComponent(here)}`));
});

registerEvents(accountsEvents);
registerEvents(spacesEvents);
registerEvents(messageEvents);
registerEvents(linkEvents);
registerEvents(emojiEvents);
registerEvents(calendarEvents);
registerEvents(charterEvents);
registerEvents(askEvents);
registerEvents(hoursEvents);
registerEvents(inboxEvents);
registerEvents(knockEvents);
registerEvents(laterEvents);
registerEvents(adviceEvents);
registerEvents(notifyEvents);
registerEvents(urgentEvents);
registerEvents(moderationEvents);
registerGone(forgetChannel);
beginMessages();
tellReadOnLeaving(queryClient);
keepQueries('person', { max: 500, isScoped: false });

if (import.meta.env.PROD) addEventListener('load', () => void untilThere(() => import('./worker')).then(({ beginWorker }) => beginWorker()));

// The first step away from `/` is the app finding its place, not the reader moving.
let lastPath = currentPlace().pathname;
subscribeToPlace(() => {
  const { pathname } = currentPlace();
  if (pathname !== lastPath && lastPath !== '/') markNavigated();
  lastPath = pathname;
});
