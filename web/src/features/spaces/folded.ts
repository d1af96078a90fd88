/** Which sections of the sidebar this browser keeps folded. */
const storageKey = 'antiphon.folded';

export function readFolded(id: string): boolean {
  return readAll().includes(id);
}

export function saveFolded(id: string, isFolded: boolean): void {
  const others = readAll().filter((other) => other !== id);
  try {
    localStorage.setItem(storageKey, JSON.stringify(isFolded ? [...others, id] : others));
  } catch {
    // Without storage it holds until the page is left.
  }
}

function readAll(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
