/** A steady colour for a person or a place: the same id has the same hue on every device. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (let idx = 0; idx < id.length; idx += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(idx), 16777619);
  }
  // Ids made one after the other differ in one letter only; the last mixing takes their colours apart.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 360;
}

/** One or two letters for a face: first and last word, whole graphemes only. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0] ?? name.trim();
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last].map((word) => (word ? firstLetter(word) : '')).join('').toLocaleUpperCase();
}

function firstLetter(word: string): string {
  const letters = [...new Intl.Segmenter().segment(word)].map((part) => part.segment);
  return letters.find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? letters[0] ?? '';
}
