import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Draft, Id } from '@/api/types';
import { findMentioned } from '@/realtime/named';
import { startQuery } from '@/realtime/start';
import { DraftKeeper } from '../draftKeeper';
import { beginningOf, draftKey, readLocal, saveDraft, writeLocal, type DraftPlace } from '../drafts';
import { decodeMentions, encodeMentions } from '../model';

/** The text being written here, never lost: on this device with each stroke, on the server soon after. */
export function useDraft(me_id: Id, channel_id: Id, topic_id: Id | null) {
  const cache = useQueryClient();
  const [place] = useState<DraftPlace>({ me_id, channel_id, topic_id });
  const server = useQuery({ ...startQuery, select: ({ drafts }) => findDraft(drafts, place) }).data ?? null;
  const [keeper] = useState(() => keeperOf(cache, place, server));
  const [decoded] = useState(() => decodeMentions(keeper.text, (id) => findMentioned(cache, id)));
  const book = useRef(decoded.book);
  const shown = useRef(decoded.text);
  const [text, show] = useState(decoded.text);
  const [conflict, setConflict] = useState<Draft | null>(keeper.conflict);

  const setText = useCallback(
    (next: string) => {
      shown.current = next;
      show(next);
      keeper.write(encodeMentions(next, book.current));
    },
    [keeper],
  );

  useEffect(() => {
    const hear = () => {
      setConflict(keeper.conflict);
      if (keeper.text === encodeMentions(shown.current, book.current)) return;
      const taken = decodeMentions(keeper.text, (id) => findMentioned(cache, id));
      for (const [name, id] of taken.book) book.current.set(name, id);
      shown.current = taken.text;
      show(taken.text);
    };
    hear();
    return keeper.listen(hear);
  }, [cache, keeper]);

  useEffect(() => keeper.hear(server), [keeper, server]);

  useEffect(() => {
    const follow = ({ key }: StorageEvent) => key === draftKey(place) && keeper.follow(readLocal(place));
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, [keeper, place]);

  return { text, setText, book: book.current, conflict, take: (draft: Draft) => keeper.take(draft), keepMine: () => keeper.keepMine() };
}

const keepers = new Map<string, DraftKeeper>();

/** The one that still has something to save goes on: whoever comes back finds what they wrote. */
function keeperOf(cache: QueryClient, place: DraftPlace, server: Draft | null): DraftKeeper {
  const key = draftKey(place);
  const known = keepers.get(key);
  if (known?.isAtWork) return known;
  const keeper = new DraftKeeper(beginningOf(readLocal(place), server), server, {
    save: (text, revision) => saveDraft(cache, place, text, revision),
    keep: (draft) => writeLocal(place, draft),
  });
  keepers.set(key, keeper);
  return keeper;
}

function findDraft(drafts: readonly Draft[], { channel_id, topic_id }: DraftPlace): Draft | null {
  return drafts.find((draft) => draft.channel_id === channel_id && draft.topic_id === topic_id) ?? null;
}
