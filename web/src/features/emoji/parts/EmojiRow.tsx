import { IconTrash } from '@tabler/icons-react';
import type { CustomEmoji } from '@/api/types';
import { CustomEmojiImage } from '@/realtime/CustomEmojiImage';
import { usePerson } from '@/realtime/people';
import { IconButton } from '@/ui/IconButton';
import { useText } from '../strings';
import styles from './Emoji.module.css';

export function EmojiRow({ emoji, onRemove }: { emoji: CustomEmoji; onRemove: (() => void) | null }) {
  const t = useText();
  const by = usePerson(emoji.created_by)?.name;
  return (
    <li className={styles.row}>
      <CustomEmojiImage emoji={emoji} size={32} />
      <span className={styles.words}>
        <b dir="ltr">:{emoji.name}:</b>
        {by && (
          <small>
            <bdi>{by}</bdi>
          </small>
        )}
      </span>
      {onRemove && (
        <IconButton label={t('remove', { name: `:${emoji.name}:` })} onClick={onRemove}>
          <IconTrash size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}
