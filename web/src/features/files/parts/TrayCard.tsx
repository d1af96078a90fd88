import { IconRefresh, IconX } from '@tabler/icons-react';
import { currentLocale } from '@/i18n/core';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { sizeInWords } from '@/lib/size';
import { isUnread, timeInDigits } from '../model';
import { useText } from '../strings';
import type { TrayItem } from '../tray';
import { FileIcon } from './FileIcon';
import styles from './Tray.module.css';

type TrayCardProps = { item: TrayItem; onRemove: () => void; onRetry: () => void };

export function TrayCard({ item, onRemove, onRetry }: TrayCardProps) {
  const t = useText();
  const { name, state, preview } = item;
  const percent = item.size_bytes > 0 ? Math.floor((item.n_sent * 100) / item.size_bytes) : 0;
  return (
    <li className={styles.card} data-state={state}>
      {preview ? <img className={styles.preview} src={preview} alt="" /> : <FileIcon className={styles.icon} name={name} kind={item.file?.kind ?? 'file'} />}
      <span className={styles.words}>
        <bdi className={styles.name}>{name}</bdi>
        <span className={styles.state}>{useStateInWords(item, percent)}</span>
        {(state === 'sending' || state === 'waiting') && (
          <progress className={styles.progress} aria-label={name} max={100} value={percent} />
        )}
      </span>
      {state === 'asking' && (
        <Button tone="outline" size="s" aria-label={t('send_large', { name })} onClick={onRetry}>
          {t('send_large_short')}
        </Button>
      )}
      {state === 'failed' && (
        <IconButton label={t('retry')} size="s" onClick={onRetry}>
          <IconRefresh size={16} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton label={t('remove', { name })} size="s" onClick={onRemove}>
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </IconButton>
    </li>
  );
}

function useStateInWords({ state, size_bytes, duration_ms, problem, file }: TrayItem, percent: number): string {
  const t = useText();
  const size = [sizeInWords(size_bytes, currentLocale()), duration_ms && timeInDigits(duration_ms / 1000)].filter(Boolean).join(' · ');
  if (state === 'done') return file && isUnread(file) ? t('unread') : size;
  if (state === 'failed') return problem?.detail || problem?.title || '';
  if (state === 'asking') return t('asking', { size });
  if (state === 'waiting') return t('waiting');
  return percent >= 100 ? t('making') : t('sending', { percent, size });
}
