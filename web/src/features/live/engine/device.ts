import { uuidv7 } from '@/lib/uuidv7';

const KEY = 'live-device';

/** The name of this tab among a person's devices: a page that is loaded again takes the place of the one before. */
export function deviceName(): string {
  const known = sessionStorage.getItem(KEY);
  if (known) return known;
  const name = uuidv7();
  sessionStorage.setItem(KEY, name);
  return name;
}
