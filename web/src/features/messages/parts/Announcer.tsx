import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Id, Message } from '@/api/types';
import { findMentioned } from '@/realtime/named';
import { findPerson } from '@/realtime/people';
import { decodeMentions } from '../model';
import { useText } from '../strings';

/** At most this often (design guide, section 8). */
const EVERY_MS = 5_000;

/** Says to a screen reader what came in; several at once become a number. */
export function Announcer({ messages, me_id }: { messages: readonly Message[]; me_id: Id }) {
  const t = useText();
  const cache = useQueryClient();
  const [words, setWords] = useState('');
  const told = useRef(messages.at(-1)?.seq ?? 0);
  const latest = useRef(messages);

  useEffect(() => {
    latest.current = messages;
  }, [messages]);

  useEffect(() => {
    const tell = () => {
      const fresh = latest.current.filter(({ seq, author_id, deleted }) => seq > told.current && author_id !== me_id && !deleted);
      told.current = Math.max(told.current, latest.current.at(-1)?.seq ?? 0);
      const [message] = fresh;
      if (!message) return;
      const name = findPerson(cache, message.author_id)?.name ?? t('unknown_person');
      const { text } = decodeMentions(message.text, (id) => findMentioned(cache, id));
      setWords(fresh.length === 1 ? t('said', { name, text }) : t('arrived', { count: fresh.length }));
    };
    const timer = setInterval(tell, EVERY_MS);
    return () => clearInterval(timer);
  }, [cache, me_id, t]);

  return (
    <p className="visually-hidden" aria-live="polite">
      {words}
    </p>
  );
}
