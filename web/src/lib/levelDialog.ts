/** Asking how much somebody wants to be told of in a place, from anywhere its menu stands; the shell shows it. */

export type LevelPlace = { kind: 'space' | 'channel'; id: string; name: string } | { kind: 'topic'; id: string; channel_id: string; name: string };
let show: ((place: LevelPlace) => void) | null = null;

export function askForLevel(place: LevelPlace): void {
  show?.(place);
}

/** Who shows it. Returns its undo. */
export function onLevelAsked(handler: (place: LevelPlace) => void): () => void {
  show = handler;
  return () => {
    show = null;
  };
}
