/** Limits of the server (docs/limits.md). */
export const MAX_TEXT_BYTES = 16_384;
export const MAX_TITLE_CHARACTERS = 200;
export const MAX_DECISION_CHARACTERS = 2_000;
export const MAX_REASON_CHARACTERS = 280;
/** The counter shows when the end comes near. */
const NEAR_BYTES = 500;

/** What is left of a message, in bytes of UTF-8; `null` while that is nobody's concern. */
export function bytesLeft(text: string): number | null {
  // No character takes more than three bytes per UTF-16 unit.
  if (text.length * 3 < MAX_TEXT_BYTES - NEAR_BYTES) return null;
  const left = MAX_TEXT_BYTES - new TextEncoder().encode(text).length;
  return left < NEAR_BYTES ? left : null;
}

/** Files of one message. */
export const MAX_FILES = 10;
