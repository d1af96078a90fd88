/** Small texts kept by this browser. Where storage is forbidden or full they last as long as the page. */
const held = new Map<string, string>();

export function readText(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? held.get(key) ?? null;
  } catch {
    return held.get(key) ?? null;
  }
}

/** `null` removes. */
export function writeText(key: string, text: string | null): void {
  if (text === null) held.delete(key);
  else held.set(key, text);
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Kept in `held` until the page is left.
  }
}
