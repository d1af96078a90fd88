import { IconChevronLeft, IconChevronRight, IconDownload, IconX, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Attachment, Id } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { TextLink } from '@/ui/TextLink';
import { pathOf, pictureInLightbox, placeholderUrl } from '../model';
import { useText } from '../strings';
import styles from './Lightbox.module.css';

type LightboxProps = {
  pictures: readonly Attachment[];
  /** Where each was posted, when that is not here. */
  messages?: readonly Id[];
  first: number;
  onClose: () => void;
};

/** Pictures over the whole window: arrows go from one to the next, Esc closes, + and - change the size. */
export function Lightbox({ pictures, messages, first, onClose }: LightboxProps) {
  const t = useText();
  const box = useRef<HTMLDialogElement>(null);
  const [idx, setIdx] = useState(first);
  const [isZoomed, setZoomed] = useState(false);
  const file = pictures[idx];

  // A layout effect: its undo runs while the dialog is still in the page, where closing gives focus back.
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);

  const go = (step: number) => {
    setZoomed(false);
    setIdx(Math.max(0, Math.min(pictures.length - 1, idx + step)));
  };
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    // Nothing of what is pressed here is meant for the feed behind it.
    event.stopPropagation();
    const forth = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    if (event.key === 'ArrowRight' && !isZoomed) go(forth);
    else if (event.key === 'ArrowLeft' && !isZoomed) go(-forth);
    else if (event.key === '+' || event.key === '=') setZoomed(true);
    else if (event.key === '-') setZoomed(false);
    else return;
    event.preventDefault();
  };

  if (!file) return null;
  const colours = placeholderUrl(file.placeholder);
  return (
    <dialog
      ref={box}
      className={styles.lightbox}
      aria-label={t('lightbox', { name: file.name })}
      onKeyDown={onKey}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <p className={styles.name} role="status">
          <bdi>{file.name}</bdi>
          {pictures.length > 1 && <span>{t('lightbox_place', { n: idx + 1, count: pictures.length })}</span>}
        </p>
        {messages?.[idx] && (
          <TextLink to="/m/$messageId" params={{ messageId: messages[idx] }}>
            {t('gallery_message')}
          </TextLink>
        )}
        <IconButton label={isZoomed ? t('zoom_out') : t('zoom_in')} onClick={() => setZoomed(!isZoomed)}>
          {isZoomed ? <IconZoomOut size={20} stroke={1.6} aria-hidden="true" /> : <IconZoomIn size={20} stroke={1.6} aria-hidden="true" />}
        </IconButton>
        <a className={styles.save} href={`${pathOf(file)}?download=true`} download={file.name} aria-label={t('download', { name: file.name })} title={t('download_short')}>
          <IconDownload size={20} stroke={1.6} aria-hidden="true" />
        </a>
        <IconButton label={t('close')} autoFocus onClick={onClose}>
          <IconX size={22} stroke={1.6} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={styles.stage} data-zoomed={isZoomed || undefined} tabIndex={isZoomed ? 0 : undefined} role="group" aria-label={file.name}>
        <img
          key={file.id}
          src={isZoomed ? pathOf(file) : pictureInLightbox(file)}
          alt={file.name}
          width={file.width ?? undefined}
          height={file.height ?? undefined}
          style={colours ? { backgroundImage: `url(${colours})` } : undefined}
          onClick={() => setZoomed(!isZoomed)}
        />
      </div>
      {pictures.length > 1 && (
        <footer className={styles.foot}>
          <IconButton label={t('lightbox_previous')} disabled={idx === 0} onClick={() => go(-1)}>
            <IconChevronLeft className="mirror" size={24} stroke={1.6} aria-hidden="true" />
          </IconButton>
          <IconButton label={t('lightbox_next')} disabled={idx === pictures.length - 1} onClick={() => go(1)}>
            <IconChevronRight className="mirror" size={24} stroke={1.6} aria-hidden="true" />
          </IconButton>
        </footer>
      )}
    </dialog>
  );
}
