import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Id, Message } from '@/api/types';
import { hasSingleKeys } from '@/lib/keyboardSettings';
import type { TimelineRow } from '../model';
import type { MessageActions } from './actions';

type Roving = {
  rows: readonly TimelineRow[];
  list: RefObject<VirtualizerHandle | null>;
  scroller: RefObject<HTMLDivElement | null>;
  actions: MessageActions;
};

/** The feed is one tab stop; arrows and letters work on the message that has it (design guide, section 5). */
export function useRovingFocus({ rows, list, scroller, actions }: Roving) {
  const [chosen, setChosen] = useState<Id | null>(null);
  const wantsFocus = useRef(false);
  const found = rows.findIndex(({ message }) => message.id === chosen);
  const active_idx = found < 0 ? rows.length - 1 : found;
  const active = rows[active_idx]?.message;

  const moveTo = useCallback(
    (idx: number) => {
      const row = rows[Math.max(0, Math.min(idx, rows.length - 1))];
      if (!row) return;
      wantsFocus.current = true;
      setChosen(row.message.id);
      list.current?.scrollToIndex(rows.indexOf(row), { align: 'nearest' });
    },
    [rows, list],
  );

  useEffect(() => {
    if (!wantsFocus.current || !active) return;
    wantsFocus.current = false;
    articleOf(scroller.current, active.id)?.focus({ preventScroll: true });
  }, [active, scroller]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey || !active) return;
    const target = nextIndex(event.key, active_idx, rows.length);
    const isOnMessage = event.target instanceof HTMLElement && event.target.dataset['messageId'] !== undefined;
    if (target !== null) moveTo(target);
    else if (!isOnMessage || !act(event.key, active, event.target as HTMLElement, actions)) return;
    event.preventDefault();
  }

  return { active_id: active?.id, active_idx, setChosen, moveTo, onKeyDown };
}

export function articleOf(scroller: HTMLElement | null, id: Id): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-message-id="${id}"]`) ?? null;
}

function nextIndex(key: string, idx: number, n_rows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return idx + 1;
    case 'ArrowUp':
      return idx - 1;
    case 'Home':
      return 0;
    case 'End':
      return n_rows - 1;
    case 'j':
      return hasSingleKeys() ? idx + 1 : null;
    case 'k':
      return hasSingleKeys() ? idx - 1 : null;
    default:
      return null;
  }
}

/** True when the key meant something. */
function act(key: string, message: Message, article: HTMLElement, actions: MessageActions): boolean {
  if (key === 'Enter') actions.topic(message);
  else if (!hasSingleKeys()) return false;
  else if (key === 'r') actions.quote(message);
  else if (key === 'e') actions.pickEmoji(message, article);
  else if (key === 'u') actions.unreadFrom(message);
  else if (key === 'c') actions.copyLink(message);
  else if (key === '.') article.querySelector<HTMLElement>('[data-more]')?.click();
  else return false;
  return true;
}
