import { useState, type DragEvent } from 'react';
import type { ChannelRow, Id } from '@/api/types';

export type RowDrag = {
  /** The place, between rows, where the dragged row would land. */
  dropIdx: number | null;
  start: (event: DragEvent, id: Id) => void;
  over: (event: DragEvent, idx: number) => void;
  drop: (event: DragEvent) => void;
  end: () => void;
};

/** Reordering by the pointer inside one section; the row's menu does the same without one. */
export function useRowDrag(rows: readonly ChannelRow[], onMove: (id: Id, toIdx: number) => void): RowDrag {
  const [dragged, setDragged] = useState<Id | null>(null);
  const [dropIdx, setDropIdx] = useState<number | null>(null);

  function end() {
    setDragged(null);
    setDropIdx(null);
  }

  return {
    dropIdx,
    end,
    start(event, id) {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', '');
      setDragged(id);
    },
    over(event, idx) {
      if (!dragged) return;
      event.preventDefault();
      const box = event.currentTarget.getBoundingClientRect();
      setDropIdx(event.clientY > box.top + box.height / 2 ? idx + 1 : idx);
    },
    drop(event) {
      event.preventDefault();
      const fromIdx = rows.findIndex((row) => row.id === dragged);
      // Taking the row out first shifts what stood below it.
      if (dragged && dropIdx !== null) onMove(dragged, dropIdx > fromIdx ? dropIdx - 1 : dropIdx);
      end();
    },
  };
}
