import { useMemo, useState } from 'react';
import type { Attachment } from '@/api/types';
import { boxOf, pictureInTimeline, placeholderUrl } from '../model';
import { useText } from '../strings';
import styles from './Files.module.css';

type PictureProps = { file: Attachment; isAlone: boolean; tabIndex: 0 | -1; byHand: boolean; onOpen: () => void };

/** A picture in its final size from the beginning: first its colours, then itself. */
export function Picture({ file, isAlone, tabIndex, byHand, onOpen }: PictureProps) {
  const t = useText();
  const [isAsked, setAsked] = useState(!byHand);
  const [state, setState] = useState<'coming' | 'there' | 'broken'>('coming');
  const colours = useMemo(() => placeholderUrl(file.placeholder), [file.placeholder]);
  const { width, height } = boxOf(file);
  const isWaiting = !isAsked && file.is_ready;
  const label = isWaiting ? `${t('load_picture')}: ${file.name}` : t('open_picture', { name: file.name });
  return (
    <button
      type="button"
      className={styles.picture}
      style={{
        ...(isAlone ? { inlineSize: width, aspectRatio: `${width} / ${height}` } : {}),
        ...(colours ? { backgroundImage: `url(${colours})` } : {}),
      }}
      tabIndex={tabIndex}
      aria-label={label}
      onClick={isWaiting ? () => setAsked(true) : onOpen}
    >
      {file.is_ready && isAsked && state !== 'broken' && (
        <img
          src={pictureInTimeline(file)}
          alt=""
          width={width}
          height={height}
          loading="lazy"
          decoding="async"
          data-there={state === 'there' || undefined}
          onLoad={() => setState('there')}
          onError={() => setState('broken')}
        />
      )}
      {isWaiting && <span className={styles.load}>{t('load_picture')}</span>}
      {state === 'broken' && <span className={styles.load}>{t('picture_broken')}</span>}
    </button>
  );
}
