import { useCallback, useEffect, useRef } from 'react';

/** Rows are measured as they come into view; for this long a place is put right again when they turn out otherwise. */
const SETTLE_MS = 500;

/** Puts the view somewhere, and again when rows change their size under it; the reader's own hand ends that at once. */
export function useSettling(onSettled: () => void) {
  const apply = useRef<(() => void) | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const settled = useRef(onSettled);

  useEffect(() => {
    settled.current = onSettled;
  });

  const end = useCallback(() => {
    if (timer.current) clearTimeout(timer.current);
    apply.current = null;
  }, []);

  const put = useCallback(
    (place: () => void) => {
      end();
      apply.current = place;
      place();
      timer.current = setTimeout(() => {
        apply.current = null;
        settled.current();
      }, SETTLE_MS);
    },
    [end],
  );

  useEffect(() => end, [end]);
  const onResize = useCallback(() => apply.current?.(), []);
  const isSettling = useCallback(() => apply.current !== null, []);
  return { put, onResize, isSettling, endSettling: end };
}
