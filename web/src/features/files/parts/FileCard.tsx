import { IconDownload } from '@tabler/icons-react';
import type { Attachment } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sizeInWords } from '@/lib/size';
import { isUnread, pathOf } from '../model';
import { useText } from '../strings';
import { FileIcon } from './FileIcon';
import styles from './Files.module.css';

/** A file for saving; a PDF shows how its first page begins, and opens in a page of its own. */
export function FileCard({ file, tabIndex, byHand = false }: { file: Attachment; tabIndex: 0 | -1; byHand?: boolean }) {
  const t = useText();
  const { name } = file;
  const isPdf = file.kind === 'pdf';
  const save = `${pathOf(file)}?download=true`;
  const preview = isPdf && file.is_ready && !byHand && (
    <a className={styles.page} href={pathOf(file)} target="_blank" rel="noreferrer" tabIndex={-1} aria-hidden="true">
      <img src={pathOf(file, '/small')} alt="" loading="lazy" decoding="async" width={file.width ?? undefined} height={file.height ?? undefined} />
    </a>
  );
  return (
    <div className={styles.card} data-preview={preview ? true : undefined}>
      {preview}
      <FileIcon className={styles.icon} name={name} kind={file.kind} />
      <span className={styles.words}>
        {isPdf ? (
          <a className={styles.name} href={pathOf(file)} target="_blank" rel="noreferrer" tabIndex={tabIndex} aria-label={t('open_pdf', { name })}>
            <bdi>{name}</bdi>
          </a>
        ) : (
          <bdi className={styles.name}>{name}</bdi>
        )}
        <span className={styles.size}>{sizeInWords(file.size_bytes, currentLocale())}</span>
        {isUnread(file) && <span className={styles.size}>{t('unread')}</span>}
      </span>
      <a className={styles.save} href={save} download={name} tabIndex={tabIndex} aria-label={t('download', { name })} title={t('download_short')}>
        <IconDownload size={20} stroke={1.6} aria-hidden="true" />
      </a>
    </div>
  );
}
