import { api, onSignedOut } from '@/api/client';
import { forgetPerson } from '@/lib/device';

/** Ends this session and leaves; nothing of the person stays in the page's memory or on the device. */
export async function signOut(): Promise<void> {
  // The socket hears of it too; one way out is enough.
  onSignedOut(() => undefined);
  await api.del('/api/sessions/current').catch(() => undefined);
  await forgetPerson();
  location.assign('/sign-in');
}
