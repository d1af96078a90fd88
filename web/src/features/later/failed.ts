import { navigate } from '@/router/location';
import { showToast } from '@/ui/toast';
import { text } from './strings';

/** Says that something could not be posted, and leads to it. */
export function tellFailed(): void {
  showToast(text('one_failed'), { tone: 'urgent', action: { label: text('look'), run: () => navigate({ to: '/scheduled' }) } });
}

/** Says that something does not come back any more, and leads to it. */
export function tellStopped(): void {
  showToast(text('one_stopped'), { tone: 'urgent', action: { label: text('look'), run: () => navigate({ to: '/scheduled' }) } });
}
