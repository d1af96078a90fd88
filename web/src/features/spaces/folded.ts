/** Which sections of the sidebar this browser keeps folded. */
import { readText, writeText } from '@/lib/storage';

const storageKey = 'antiphon.folded';

export function readFolded(id: string): boolean {
  return readAll().includes(id);
}

export function saveFolded(id: string, isFolded: boolean): void {
  const others = readAll().filter((other) => other !== id);
  writeText(storageKey, JSON.stringify(isFolded ? [...others, id] : others));
}

function readAll(): string[] {
  try {
    const stored: unknown = JSON.parse(readText(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
