import type { Id } from '@/api/types';
import { statusNow } from '@/lib/status';
import { useMinute } from '@/lib/useMinute';
import { usePerson } from '@/realtime/people';

/** What somebody says about now, in one line under their name. */
export function PersonStatusLine({ id }: { id: Id }) {
  const now = statusNow(usePerson(id)?.status, useMinute());
  return now && <bdi>{[now.emoji, now.text].filter(Boolean).join(' ')}</bdi>;
}
