import type { Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { statusNow } from '@/lib/status';
import { formatRelative } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { useText } from '../strings';

/** A status in full. */
export function StatusLine({ status }: { status: Person['status'] }) {
  const t = useText();
  const minute = useMinute();
  const now = statusNow(status, minute);
  if (!now) return null;
  const words = [now.emoji, now.text].filter(Boolean).join(' ');
  return <bdi>{now.until === null ? words : t('status_until', { words, when: formatRelative(now.until, minute, currentLocale()) })}</bdi>;
}
