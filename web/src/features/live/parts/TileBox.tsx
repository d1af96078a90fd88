import { IconHandStop, IconLanguage, IconMicrophoneOff, IconPin, IconPinnedOff, IconScreenShare } from '@tabler/icons-react';
import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Face } from '@/ui/Face';
import { IconButton } from '@/ui/IconButton';
import type { Tile } from '../engine/call';
import { useText } from '../strings';
import styles from './Live.module.css';
import { Picture } from './Picture';
import { Wave } from './Wave';

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const;

type TileBoxProps = {
  tile: Tile;
  isLarge: boolean;
  /** Another one is large. */
  isSmall: boolean;
  /** In signs or another language. */
  interprets: boolean;
  hasHand: boolean;
  isPinned: boolean;
  /** What they show for a moment. */
  reaction: string | undefined;
  onPin: (id: Id | null) => void;
};

/** Somebody, or what they show. */
export function TileBox({ tile, isLarge, isSmall, interprets, hasHand, isPinned, reaction, onPin }: TileBoxProps) {
  const t = useText();
  const person = usePerson(tile.person_id);
  const name = person?.name ?? t('somebody');
  const words = tile.isScreen ? t('shows', { name }) : tile.isMine ? t('you') : name;
  return (
    <li className={styles.tile} data-speaking={(tile.isSpeaking && !tile.isScreen) || undefined} data-large={isLarge || undefined} data-interprets={interprets || undefined}>
      {tile.video ? (
        <Picture track={tile.video} isMirrored={tile.isMine && !tile.isScreen} isScreen={tile.isScreen} />
      ) : (
        <Face id={tile.person_id} name={name} picture={person?.picture ?? null} size={isSmall ? 48 : 84} />
      )}
      {reaction && (
        <span className={styles.reaction} role="status" aria-label={t('reacted', { name, emoji: reaction })}>
          {reaction}
        </span>
      )}
      {!tile.isScreen && (
        <IconButton size="s" className={styles.pin} label={isPinned ? t('unpin', { name: words }) : t('pin', { name: words })} onClick={() => onPin(isPinned ? null : tile.person_id)}>
          {isPinned ? <IconPinnedOff {...icon} size={18} /> : <IconPin {...icon} size={18} />}
        </IconButton>
      )}
      <span className={styles.name}>
        {tile.isSpeaking && !tile.isScreen && <Wave />}
        {tile.isScreen && <IconScreenShare {...icon} />}
        <span dir="auto">{words}</span>
        {interprets && <IconLanguage {...icon} aria-hidden={false} aria-label={t('interprets')} />}
        {!tile.isScreen && tile.isMuted && (
          <span title={t('is_muted')}>
            <IconMicrophoneOff {...icon} aria-hidden={false} aria-label={t('is_muted')} />
          </span>
        )}
        {!tile.isScreen && hasHand && <IconHandStop {...icon} aria-hidden={false} aria-label={t('hand_is_up')} />}
      </span>
    </li>
  );
}
