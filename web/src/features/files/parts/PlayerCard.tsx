import type { Attachment } from '@/api/types';
import { boxOf, pathOf } from '../model';
import { useText } from '../strings';
import { FileCard } from './FileCard';
import styles from './Files.module.css';
import { keepKeys } from './keepKeys';

/** Film and sound with the browser's own controls; nothing plays by itself. */
export function PlayerCard({ file, tabIndex }: { file: Attachment; tabIndex: 0 | -1 }) {
  const t = useText();
  const { width, height } = boxOf(file);
  return (
    <div className={styles.player} onKeyDown={keepKeys}>
      {file.kind === 'video' ? (
        <video
          className={styles.video}
          style={{ inlineSize: width, aspectRatio: `${width} / ${height}` }}
          src={pathOf(file)}
          controls
          preload="metadata"
          playsInline
          tabIndex={tabIndex}
          aria-label={t('video', { name: file.name })}
        />
      ) : (
        <audio className={styles.sound} src={pathOf(file)} controls preload="metadata" tabIndex={tabIndex} aria-label={t('sound', { name: file.name })} />
      )}
      <FileCard file={file} tabIndex={tabIndex} />
    </div>
  );
}
