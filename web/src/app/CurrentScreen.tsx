import { Suspense } from 'react';
import { usePlace } from '@/router/usePlace';
import { ErrorBoundary } from '@/ui/ErrorBoundary';
import { NotFound } from './NotFound';
import { ScreenError } from './ScreenError';
import { ScreenLoading } from './ScreenLoading';
import { screens } from './screens';

/** The screen of the current address. A screen that breaks leaves the rest of the app standing. */
export function CurrentScreen() {
  const { match, pathname } = usePlace();
  if (!match) return <NotFound />;
  const Screen = screens[match.path];
  return (
    <ErrorBoundary resetKey={pathname} fallback={(error, retry) => <ScreenError error={error} onRetry={retry} />}>
      <Suspense fallback={<ScreenLoading />}>
        <Screen />
      </Suspense>
    </ErrorBoundary>
  );
}
