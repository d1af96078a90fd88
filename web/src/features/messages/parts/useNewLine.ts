import { useEffect, useState } from 'react';
import type { Id, Message, Seq } from '@/api/types';
import { firstUnread } from '../model';

/** Where the "New" line stands: at what was unread when the reader came, and it stays there while they read. */
export function useNewLine(messages: readonly Message[], read_seq: Seq, me_id: Id): Seq | null {
  const [line, setLine] = useState(() => firstUnread(messages, read_seq, me_id));
  const [lastRead, setLastRead] = useState(read_seq);
  // "Unread from here" takes the pointer back: the line goes there.
  if (read_seq !== lastRead) {
    setLastRead(read_seq);
    if (read_seq < lastRead) setLine(firstUnread(messages, read_seq, me_id));
  }

  // What comes while the window is elsewhere is new when the reader is back.
  useEffect(() => {
    if (!document.hasFocus()) setLine(firstUnread(messages, read_seq, me_id));
  }, [messages, read_seq, me_id]);

  return line;
}
