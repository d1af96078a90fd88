import { onSignedOut } from '@/api/client';
import { forgetPerson } from '@/lib/device';

/** A guest's visit is over: nothing of it stays on the device. */
export async function endVisit(): Promise<void> {
  // The socket hears of it too; one way out is enough.
  onSignedOut(() => undefined);
  await forgetPerson();
  location.assign('/guest/ended');
}
