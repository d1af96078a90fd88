import type { Texts } from '../core';

/** The strings files of one language, found by their names, under the feature that each belongs to: the folder it lies in. */
export function textsOf(files: Record<string, Record<string, string>>): Texts {
  return Object.fromEntries(Object.entries(files).map(([path, strings]) => [path.split('/').at(-2) ?? '', strings]));
}
