import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { Id, Seq } from '@/api/types';
import { loadAround, loadLatest, loadNewer, loadOlder } from '../queries';

export type FeedLoading = 'older' | 'newer' | 'other' | null;

/** Growing and moving the window, one request at a time. */
export function useFeedWindow(channel_id: Id, topic_id: Id | null) {
  const cache = useQueryClient();
  const [loading, setLoading] = useState<FeedLoading>(null);
  const [failed, setFailed] = useState<FeedLoading>(null);
  const isBusy = useRef(false);

  const run = useCallback(async (what: Exclude<FeedLoading, null>, load: () => Promise<void>) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setLoading(what);
    setFailed(null);
    await load().catch(() => setFailed(what));
    isBusy.current = false;
    setLoading(null);
  }, []);

  const older = useCallback(() => run('older', () => loadOlder(cache, channel_id, topic_id)), [run, cache, channel_id, topic_id]);
  const newer = useCallback(() => run('newer', () => loadNewer(cache, channel_id, topic_id)), [run, cache, channel_id, topic_id]);
  const latest = useCallback(() => run('other', () => loadLatest(cache, channel_id, topic_id)), [run, cache, channel_id, topic_id]);
  const around = useCallback(
    (seq: Seq) => run('other', () => loadAround(cache, channel_id, topic_id, seq)),
    [run, cache, channel_id, topic_id],
  );
  return { loading, failed, older, newer, latest, around };
}

export type FeedWindow = ReturnType<typeof useFeedWindow>;
