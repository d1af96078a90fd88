import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onSignedOut } from '@/api/client';
import { followSystemColours } from '@/lib/appearance';
import { Toasts } from '@/ui/Toasts';
import { accountsEvents } from '@/features/accounts/events';
import { spacesEvents } from '@/features/spaces/events';
import { registerEvents } from '@/realtime/events';
import { queryClient } from './queryClient';
import { router } from './router';

export function App() {
  useEffect(() => followSystemColours(), []);
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  );
}

onSignedOut(() => {
  const here = location.pathname + location.search;
  location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
});

registerEvents(accountsEvents);
registerEvents(spacesEvents);
