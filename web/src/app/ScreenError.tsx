import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { useText } from './strings';

/** A screen that broke: try again, or load the app anew (its chunks may be gone after an update of the server). */
export function ScreenError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useText();
  return (
    <Pane>
      <ErrorState
        error={error}
        level={1}
        onRetry={onRetry}
        action={
          <Button tone="plain" onClick={() => location.reload()}>
            {t('reload')}
          </Button>
        }
      />
    </Pane>
  );
}
