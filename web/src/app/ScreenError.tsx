import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';

export function ScreenError({ error, reset }: ErrorComponentProps) {
  return (
    <Pane>
      <ErrorState error={error} onRetry={reset} />
    </Pane>
  );
}
