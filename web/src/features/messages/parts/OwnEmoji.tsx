import { CustomEmojiImage } from '@/realtime/CustomEmojiImage';
import { useCustomEmoji } from '@/realtime/emoji';
import { useText } from '../strings';
import styles from './EmojiPicker.module.css';

/** The workspace's own, above those that everybody has. */
export function OwnEmoji({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useText();
  const all = useCustomEmoji(true);
  if (all.length === 0) return null;
  return (
    <div className={styles.own} role="group" aria-label={t('own_emoji')}>
      {all.map((emoji) => (
        <button key={emoji.name} type="button" className={styles.emoji} aria-label={`:${emoji.name}:`} onClick={() => onPick(`:${emoji.name}:`)}>
          <CustomEmojiImage emoji={emoji} size={24} isDecoration />
        </button>
      ))}
    </div>
  );
}
