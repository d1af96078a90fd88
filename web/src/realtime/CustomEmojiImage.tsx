import type { CustomEmoji } from '@/api/types';
import { emojiSource } from './emoji';

/** Read as its name, and copied as it too. Who wants less motion gets the still. */
export function CustomEmojiImage({ emoji, size, isDecoration }: { emoji: CustomEmoji; size: number; isDecoration?: boolean }) {
  const name = `:${emoji.name}:`;
  return (
    <picture>
      {emoji.animated && <source srcSet={emojiSource(emoji, true)} media="(prefers-reduced-motion: reduce)" />}
      <img
        src={emojiSource(emoji, false)}
        alt={isDecoration ? '' : name}
        title={name}
        width={size}
        height={size}
        loading="lazy"
        style={{ objectFit: 'contain', verticalAlign: '-0.25em' }}
      />
    </picture>
  );
}
