import { navigate } from '@/router/location';
import { useParams } from '@/router/usePlace';
import { useEffect } from 'react';
import type { Start } from '@/api/types';
import { arrangeSidebar, hasNews, neighbourOf } from '@/features/spaces/model';
import { currentLocale } from '@/i18n/core';
import { hasSingleKeys } from '@/lib/keyboardSettings';
import { hasOpenLayer, isTyping } from '@/ui/layers';
import { focusNextPane } from './panes';

export type Overlay = 'jump' | 'shortcuts' | 'status';

/** The keys that work everywhere. Screens add their own; none fires while a dialog or menu is open. */
export function useShortcuts(start: Start | undefined, open: (overlay: Overlay) => void): void {
  const { channelId = null } = useParams();

  useEffect(() => {
    function goToNeighbour(step: 1 | -1, onlyUnread: boolean): void {
      if (!start) return;
      const row = neighbourOf(arrangeSidebar(start.spaces, start.channels, currentLocale()), channelId, step, onlyUnread ? (row) => hasNews(row, start) : undefined);
      if (row) navigate({ to: '/c/$channelId', params: { channelId: row.id } });
    }

    function run(event: KeyboardEvent): boolean {
      const { key, altKey, shiftKey } = event;
      if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'k') open('jump');
      else if (key === 'F6') focusNextPane(shiftKey ? -1 : 1);
      else if (altKey && (key === 'ArrowDown' || key === 'ArrowUp')) goToNeighbour(key === 'ArrowDown' ? 1 : -1, shiftKey);
      else if ((event.ctrlKey || event.metaKey) && /^[1-9]$/.test(key)) return goToRail(Number(key));
      else if (key === '?' && hasSingleKeys() && !isTyping(event)) open('shortcuts');
      else return false;
      return true;
    }

    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || hasOpenLayer()) return;
      if (run(event)) event.preventDefault();
    }

    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [start, channelId, open]);
}

/** The entries of the rail are numbered as they stand; on a phone those are the tabs. */
function goToRail(number: number): boolean {
  const entries = [...document.querySelectorAll<HTMLElement>('a[data-rail]')].filter((entry) => entry.checkVisibility());
  entries[number - 1]?.click();
  return entries.length >= number;
}
