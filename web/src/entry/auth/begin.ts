import type { Me } from '@/api/types';
import { forgetPerson, setPersonOfDevice } from '@/lib/device';

/** Somebody was let in: what the device kept of anybody before goes first. */
export async function begin(me: Pick<Me, 'id'>): Promise<void> {
  await forgetPerson();
  setPersonOfDevice(me.id);
}
