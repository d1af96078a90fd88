import { useState } from 'react';
import type { PostedFile } from '@/api/types';
import { useText } from '../strings';
import styles from '../screens/Gallery.module.css';
import { Lightbox } from './Lightbox';
import { Picture } from './Picture';

export function PictureShelf({ items, byHand }: { items: readonly PostedFile[]; byHand: boolean }) {
  const t = useText();
  const [shown, setShown] = useState<number | null>(null);
  return (
    <>
      <ul className={styles.pictures} aria-label={t('gallery_pictures')}>
        {items.map(({ file }, idx) => (
          <li key={file.id}>
            <Picture file={file} isAlone={false} tabIndex={0} byHand={byHand} onOpen={() => setShown(idx)} />
          </li>
        ))}
      </ul>
      {shown !== null && <Lightbox pictures={items.map(({ file }) => file)} messages={items.map(({ message_id }) => message_id)} first={shown} onClose={() => setShown(null)} />}
    </>
  );
}
