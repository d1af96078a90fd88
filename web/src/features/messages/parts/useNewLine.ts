import { useEffect, useState } from 'react';
import type { Seq } from '@/api/types';

/** Where the "New" line stands: at what was unread when the reader came, and it stays there while they read. */
export function useNewLine(first_unread: Seq | null, read_seq: Seq, epoch: number): Seq | null {
  const [line, setLine] = useState(first_unread);
  const [before, setBefore] = useState({ read_seq, epoch });
  // "Unread from here" takes the pointer back, and another part of the log has its own first unread message.
  if (read_seq !== before.read_seq || epoch !== before.epoch) {
    setBefore({ read_seq, epoch });
    if (read_seq < before.read_seq || epoch !== before.epoch) setLine(first_unread);
  }

  // What comes while the window is elsewhere is new when the reader is back.
  useEffect(() => {
    if (!document.hasFocus()) setLine(first_unread);
  }, [first_unread]);

  return line;
}
