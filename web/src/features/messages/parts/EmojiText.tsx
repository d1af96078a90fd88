import { Fragment } from 'react';
import { CustomEmojiImage } from '@/realtime/CustomEmojiImage';
import { mayNameEmoji, nameOf, splitAtEmoji, useCustomEmoji } from '@/realtime/emoji';

/** As tall as the line. */
const IN_TEXT_PX = 20;

/** A text with the workspace's own emoji in it; a name that is nobody's stays as it is. */
export function EmojiText({ text }: { text: string }) {
  const all = useCustomEmoji(mayNameEmoji(text));
  if (all.length === 0) return text;
  return splitAtEmoji(text, all).map((piece, idx) => (
    <Fragment key={idx}>{typeof piece === 'string' ? piece : <CustomEmojiImage emoji={piece} size={IN_TEXT_PX} />}</Fragment>
  ));
}

/** One emoji, of everybody's or of the workspace's own. Whoever shows it says what it is. */
export function EmojiSign({ emoji, size }: { emoji: string; size: number }) {
  const name = nameOf(emoji);
  const own = useCustomEmoji(name !== null).find((known) => known.name === name);
  return own ? <CustomEmojiImage emoji={own} size={size} isDecoration /> : emoji;
}
