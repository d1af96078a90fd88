import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { findStart } from '@/realtime/start';
import { navigate } from '@/router/location';
import { showToast } from '@/ui/toast';
import { noticesKey, type Notice } from '../notices';
import { useText } from '../strings';

/** A sentence takes a while to read, and it comes when nobody expects it. */
const LASTS_MS = 20_000;

/** Tells what waits to be told, each once. */
export function Notices() {
  const t = useText();
  const cache = useQueryClient();
  const { data: notices = [] } = useQuery<readonly Notice[]>({ queryKey: noticesKey, queryFn: () => [], enabled: false });

  useEffect(() => {
    if (notices.length === 0) return;
    cache.setQueryData(noticesKey, []);
    for (const notice of notices) {
      if (notice.kind === 'handled') showToast(t('report_handled'));
      else tellRemoved(cache, notice, t);
    }
  }, [notices, cache, t]);

  return null;
}

type Removed = Extract<Notice, { kind: 'removed' }>;

function tellRemoved(cache: QueryClient, { channel_id, message_id, reason }: Removed, t: ReturnType<typeof useText>): void {
  const name = findStart(cache)?.channels.find(({ id }) => id === channel_id)?.name;
  const place = name ? ('removed_from' as const) : ('removed_direct' as const);
  const text = reason ? t(`${place}_why`, { name: name ?? '', reason }) : t(place, { name: name ?? '' });
  const run = () => navigate({ to: '/m/$messageId', params: { messageId: message_id } });
  showToast(text, { lastsMs: LASTS_MS, action: { label: t('look'), run } });
}
