import { Pane } from '@/ui/Pane';
import { Skeleton } from '@/ui/Skeleton';

export function ScreenLoading() {
  return (
    <Pane>
      <Skeleton />
    </Pane>
  );
}
