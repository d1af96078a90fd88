/**
 * One tab of this browser tells: the one in front at once; when none is in front, one of the others a moment later. Whoever
 * comes first takes the lock of that telling and keeps it until the last of the others has come too late.
 */
const NAME = 'antiphon-telling-';
/** Time for the tab in front to be first. */
const PATIENCE_MS = 500;
const KEPT_MS = 10_000;

function isInFront(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Whether this tab is the one that tells; asked once per telling. */
export async function isOurs(release_id: string): Promise<boolean> {
  // On pages that are not secure there are no locks, and each tab tells.
  if (!('locks' in navigator)) return true;
  if (!isInFront()) await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  return new Promise((resolve) => {
    const keep = (lock: Lock | null) => {
      resolve(lock !== null);
      return lock ? new Promise((end) => setTimeout(end, KEPT_MS)) : undefined;
    };
    void navigator.locks.request(NAME + release_id, { ifAvailable: true }, keep);
  });
}
