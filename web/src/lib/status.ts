/** What somebody says about now: an emoji, a few words, until a moment or for good. Plain data. */
type Status = { emoji: string; text: string; until: number | null };

/** The status at this moment; what is over is over without anybody clearing it. */
export function statusNow<Given extends Status>(status: Given | undefined, now: number): Given | null {
  if (!status || (status.until !== null && status.until <= now)) return null;
  return status;
}
