import { useEffect, useRef, type RefObject } from 'react';

let hasNavigated = false;

/** Called by the router after the first navigation: on arrival focus stays at the top of the page. */
export function markNavigated(): void {
  hasNavigated = true;
}

/** Focus goes to a pane's title when the pane begins to show something else (design guide 4.11). */
export function usePaneFocus(focusKey: string): RefObject<HTMLHeadingElement | null> {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasNavigated) title.current?.focus({ preventScroll: true });
  }, [focusKey]);
  return title;
}
