import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { LinkCard } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { useText } from '../strings';
import styles from './LinkCards.module.css';

type LinkCardViewProps = { card: LinkCard; tabIndex: 0 | -1; onRemove: (() => void) | null };

/** One card; its words are a stranger's, so they are text, keep their direction to themselves, and have a bounded room. */
export function LinkCardView({ card, tabIndex, onRemove }: LinkCardViewProps) {
  const t = useText();
  const [isBroken, setBroken] = useState(false);
  return (
    <div className={styles.card}>
      <div className={styles.words}>
        <span className={styles.site}>
          <bdi>{card.site}</bdi>
        </span>
        <a className={styles.title} href={card.url} target="_blank" rel="noopener noreferrer nofollow" tabIndex={tabIndex} dir="auto">
          {card.title}
        </a>
        {card.description && (
          <span className={styles.description} dir="auto">
            {card.description}
          </span>
        )}
      </div>
      {card.picture && !isBroken && (
        <img
          className={styles.picture}
          src={`/api/links/${card.id}/picture`}
          alt=""
          width={84}
          height={84}
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      )}
      {onRemove && (
        <IconButton className={styles.remove} size="s" label={t('remove', { title: card.title })} title={t('remove_short')} tabIndex={tabIndex} onClick={onRemove}>
          <IconX size={14} stroke={1.8} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}
