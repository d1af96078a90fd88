import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { NoticeReleased } from '@/api/types';
import { tellingsKey } from '../keys';
import { isToldHere } from '../model';
import { isOurs } from '../oneTab';
import { claimDevice, findNotices, useNotices } from '../queries';
import { tell } from '../tell';

/** Tells what calls me, each once, in one tab of the device that I use; and says which device that is. */
export function Telling() {
  const cache = useQueryClient();
  const { data } = useNotices();
  const { data: tellings = [] } = useQuery<readonly NoticeReleased[]>({ queryKey: tellingsKey, queryFn: () => [], enabled: false });

  useEffect(() => {
    if (tellings.length === 0) return;
    cache.setQueryData(tellingsKey, []);
    for (const telling of tellings) {
      if (!isToldHere(telling, findNotices(cache)?.session_id)) continue;
      void isOurs(telling.release_id).then((ours) => (ours ? tell(cache, telling) : undefined));
    }
  }, [tellings, cache]);

  const isElsewhere = data !== undefined && data.device_in_use !== data.session_id;
  useEffect(() => {
    if (!isElsewhere) return;
    let isAsked = false;
    const claim = () => {
      if (isAsked || !document.hasFocus()) return;
      isAsked = true;
      void claimDevice(cache).catch(() => {
        isAsked = false;
      });
    };
    // Not a look from afar: somebody touches this device.
    const touches = ['pointerdown', 'keydown', 'focus'] as const;
    for (const touch of touches) addEventListener(touch, claim);
    return () => {
      for (const touch of touches) removeEventListener(touch, claim);
    };
  }, [isElsewhere, cache]);

  return null;
}
