import { problemOf } from '@/api/client';
import { showToast } from './toast';

/** Says why something was refused, where no form can say it. */
export function tellRefusal(reason: unknown): void {
  showToast(problemOf(reason).detail, { tone: 'urgent' });
}
