import { ErrorState } from '@/ui/ErrorState';

/** Nothing could be drawn at all. */
export function ShellError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main>
      <ErrorState error={error} level={1} onRetry={onRetry} />
    </main>
  );
}
