import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Draft, Id } from '@/api/types';
import { findMentioned } from '@/realtime/named';
import { startQuery } from '@/realtime/start';
import { beginningOf, readLocal, saveDraft, writeLocal, type DraftPlace } from '../drafts';
import { decodeMentions, encodeMentions } from '../model';

const SAVE_AFTER_MS = 1_200;

/** The text being written here, never lost: on this device with each stroke, on the server soon after. */
export function useDraft(me_id: Id, channel_id: Id, topic_id: Id | null) {
  const cache = useQueryClient();
  const [place] = useState<DraftPlace>({ me_id, channel_id, topic_id });
  const server = useQuery({ ...startQuery, select: ({ drafts }) => findDraft(drafts, place) }).data ?? null;
  const [beginning] = useState(() => beginningOf(readLocal(place), server));
  const [decoded] = useState(() => decodeMentions(beginning.text, (id) => findMentioned(cache, id)));
  const book = useRef(decoded.book);
  const state = useRef({ revision: beginning.revision, isSaved: beginning.isSaved, text: decoded.text });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const [text, show] = useState(decoded.text);
  const [conflict, setConflict] = useState<Draft | null>(beginning.conflict);

  const keep = useCallback(() => {
    const { text: own, revision, isSaved } = state.current;
    writeLocal(place, { text: encodeMentions(own, book.current), revision, isSaved });
  }, [place]);

  const save = useCallback(async () => {
    timer.current = null;
    const sent = state.current.text;
    const encoded = encodeMentions(sent, book.current);
    const { revision, newer } = await saveDraft(cache, place, encoded, state.current.revision).catch(() => ({
      revision: null,
      newer: null,
    }));
    if (revision === null) return; // Kept here; the next stroke or the next visit tries again.
    if (newer && newer.text !== encoded && newer.text) return setConflict(newer);
    state.current.revision = revision;
    state.current.isSaved = !newer && state.current.text === sent;
    keep();
  }, [cache, place, keep]);

  const setText = useCallback(
    (next: string) => {
      state.current = { ...state.current, text: next, isSaved: false };
      show(next);
      keep();
      if (timer.current) clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), SAVE_AFTER_MS);
    },
    [keep, save],
  );

  const take = useCallback(
    (draft: Pick<Draft, 'text' | 'revision'>) => {
      const taken = decodeMentions(draft.text, (id) => findMentioned(cache, id));
      for (const [name, id] of taken.book) book.current.set(name, id);
      state.current = { text: taken.text, revision: draft.revision, isSaved: true };
      show(taken.text);
      setConflict(null);
      keep();
    },
    [cache, keep],
  );

  const keepMine = useCallback(() => {
    if (conflict) state.current.revision = conflict.revision;
    setConflict(null);
    void save();
  }, [conflict, save]);

  // Another device wrote or sent: follow it, unless there is text here that it has not seen.
  const seen = useRef(server);
  useEffect(() => {
    const before = seen.current;
    seen.current = server;
    if (server && server.revision > state.current.revision) {
      if (state.current.isSaved) take(server);
      else if (server.text !== encodeMentions(state.current.text, book.current)) setConflict(server);
    } else if (!server && before && state.current.isSaved) take({ text: '', revision: state.current.revision });
  }, [server, take]);

  useEffect(() => {
    return () => {
      if (timer.current) clearTimeout(timer.current);
      if (timer.current) void save();
    };
  }, [save]);

  return { text, setText, book: book.current, conflict, take, keepMine };
}

function findDraft(drafts: readonly Draft[], { channel_id, topic_id }: DraftPlace): Draft | null {
  return drafts.find((draft) => draft.channel_id === channel_id && draft.topic_id === topic_id) ?? null;
}
