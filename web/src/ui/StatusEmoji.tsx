import type { Person } from '@/api/types';
import { statusNow } from '@/lib/status';
import { useMinute } from '@/lib/useMinute';

/** What somebody says about now, as small as it gets: the emoji, and in words for those who ask or listen. */
export function StatusEmoji({ status }: { status: Person['status'] }) {
  return status ? <Shown status={status} /> : null;
}

function Shown({ status }: { status: NonNullable<Person['status']> }) {
  const now = statusNow(status, useMinute());
  if (!now) return null;
  return (
    <span role="img" aria-label={[now.emoji, now.text].filter(Boolean).join(' ')} title={now.text || undefined}>
      {now.emoji}
    </span>
  );
}
