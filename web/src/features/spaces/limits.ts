/** From docs/limits.md; the server has the last word. Lengths in characters. */
export const maxName = 80;
export const maxDescription = 1000;
/** A direct conversation has at most nine people, myself included. */
export const maxOthersInDirect = 8;
