/**
 * What this browser keeps of the person who is signed in, so that they can read without a network: whose it is, and how all of
 * it goes. It goes at every sign-out and before every sign-in. What was written and not sent is not part of it; that waits for
 * its author.
 */
import { readText, writeText } from './storage';

/** The name of the database that holds the last conversations. */
export const KEPT_DATABASE = 'antiphon-kept';
const PERSON = 'antiphon.person';

/** Nothing is kept, and nothing that was kept is shown, but for this person. */
export function personOfDevice(): string | null {
  return readText(PERSON);
}

export function setPersonOfDevice(id: string): void {
  if (personOfDevice() !== id) writeText(PERSON, id);
}

export async function forgetPerson(): Promise<void> {
  writeText(PERSON, null);
  await Promise.all([dropDatabase(), dropWorker()]);
}

function dropDatabase(): Promise<void> {
  return new Promise((resolve) => {
    if (!('indexedDB' in globalThis)) return resolve();
    const asked = indexedDB.deleteDatabase(KEPT_DATABASE);
    // Blocked: another tab lets go of it in a moment, and then it is deleted.
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
  });
}

/** The files it keeps are everybody's; it goes so that a device which nobody uses any more keeps nothing at all. */
async function dropWorker(): Promise<void> {
  const workers = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistrations() : [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  const names = 'caches' in globalThis ? await caches.keys() : [];
  await Promise.all(names.filter((name) => name.startsWith('antiphon-')).map((name) => caches.delete(name)));
}
