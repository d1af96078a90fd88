/**
 * One tab of this browser tells. The one in front does at once and says so to the others; when none is in front, the one
 * that was there first does, a moment later.
 */
const CHANNEL = 'antiphon-tellings';
const LOCK = 'antiphon-first-tab';
/** Time for the tab in front to say that it has told. */
const PATIENCE_MS = 500;

let isFirst = false;
let channel: BroadcastChannel | null = null;
const toldElsewhere = new Set<string>();

/** Begins to stand in line. Once per page. */
export function standInLine(): void {
  if (channel) return;
  channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<string>) => toldElsewhere.add(data);
  // Held as long as the page lives; where there are no locks, each tab is the first.
  if ('locks' in navigator) void navigator.locks.request(LOCK, () => beFirst());
  else isFirst = true;
}

function beFirst(): Promise<never> {
  isFirst = true;
  return new Promise(() => undefined);
}

export function isInFront(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Whether this tab is the one that tells; asked once per telling. */
export async function isOurs(release_id: string): Promise<boolean> {
  if (!isInFront()) {
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    if (toldElsewhere.has(release_id) || (!isFirst && !isInFront())) return false;
  }
  channel?.postMessage(release_id);
  return true;
}
