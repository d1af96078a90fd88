import { useLayoutEffect, useRef } from 'react';
import type { TimelineRow } from '../model';

/** True in exactly the render in which rows were added at the top: then the scroll place is kept from the end. */
export function usePrepended(rows: readonly TimelineRow[], epoch: number): boolean {
  const before = useRef({ rows, epoch });
  const first = before.current.epoch === epoch ? before.current.rows[0]?.message.id : undefined;
  const isPrepended = first !== undefined && rows[0]?.message.id !== first && rows.some(({ message }) => message.id === first);
  useLayoutEffect(() => {
    before.current = { rows, epoch };
  }, [rows, epoch]);
  return isPrepended;
}
