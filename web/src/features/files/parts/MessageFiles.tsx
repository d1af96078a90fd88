import { useState } from 'react';
import type { Attachment } from '@/api/types';
import { useText } from '../strings';
import { FileCard } from './FileCard';
import styles from './Files.module.css';
import { Lightbox } from './Lightbox';
import { Picture } from './Picture';
import { PlayerCard } from './PlayerCard';
import { VoicePlayer } from './VoicePlayer';

export type MessageFilesProps = {
  files: readonly Attachment[];
  /** Where the message stands in the order of the tab key. */
  tabIndex: 0 | -1;
  /** Pictures come only when the reader asks for them. */
  byHand: boolean;
};

/** What a message carries: pictures together, everything else one below the other. */
export function MessageFiles({ files, tabIndex, byHand }: MessageFilesProps) {
  const t = useText();
  const [shown, setShown] = useState<number | null>(null);
  const pictures = files.filter(({ kind }) => kind === 'picture');
  const others = files.filter(({ kind }) => kind !== 'picture');
  return (
    <div className={styles.files} role="group" aria-label={t('files')}>
      {pictures.length > 0 && (
        <div className={styles.pictures} data-alone={pictures.length === 1 || undefined} role="group" aria-label={t('pictures', { count: pictures.length })}>
          {pictures.map((file, idx) => (
            <Picture key={file.id} file={file} isAlone={pictures.length === 1} tabIndex={tabIndex} byHand={byHand} onOpen={() => setShown(idx)} />
          ))}
        </div>
      )}
      {others.map((file) => (
        <Other key={file.id} file={file} tabIndex={tabIndex} byHand={byHand} />
      ))}
      {shown !== null && <Lightbox pictures={pictures} first={shown} onClose={() => setShown(null)} />}
    </div>
  );
}

function Other({ file, tabIndex, byHand }: { file: Attachment; tabIndex: 0 | -1; byHand: boolean }) {
  if (file.kind === 'voice') return <VoicePlayer file={file} tabIndex={tabIndex} />;
  if (file.kind === 'video' || file.kind === 'sound') return <PlayerCard file={file} tabIndex={tabIndex} />;
  return <FileCard file={file} tabIndex={tabIndex} byHand={byHand} />;
}
