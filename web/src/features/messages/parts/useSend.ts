import { useState } from 'react';
import { problemOf } from '@/api/client';
import type { Attachment, ChannelRow, NewAsk, Quote, Topic } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { getOutbox } from '@/realtime/live';
import { showToast } from '@/ui/toast';
import { countCalled } from '../groupQueries';
import { groupsIn, mentionsEveryone } from '../model';
import { useStartTopic } from '../topicQueries';

type Send = {
  channel: ChannelRow;
  topic: Topic | null;
  quote: Quote | null;
  /** Not `null`: begins a topic. */
  title: string | null;
  encoded: string;
  files: readonly Attachment[];
  /** Not `null`: it wants an answer. */
  ask_with: NewAsk | null;
  /** The text is safe elsewhere: the field may be emptied. */
  onGone: () => void;
  onSent: () => void;
  onTopicStarted: (topic: Topic) => void;
};

/** Sends what the composer holds. "@channel" and groups are asked about first, with the number of people. */
export function useSend({ channel, topic, quote, title, encoded, files, ask_with, onGone, onSent, onTopicStarted }: Send) {
  const [n_asked, setAsked] = useState<number | null>(null);
  const [isCounting, setCounting] = useState(false);
  const start = useStartTopic(channel.id);

  const send = (everyone_ok: boolean) => {
    setAsked(null);
    if (title !== null) return startTopic(title, everyone_ok);
    getOutbox().add({
      id: uuidv7(),
      channel_id: channel.id,
      topic_id: topic?.id ?? null,
      text: encoded.trim(),
      files,
      quote,
      everyone_ok,
      ...(ask_with && { ask: ask_with }),
      created_at_ms: Date.now(),
    });
    onGone();
    onSent();
  };

  const startTopic = (name: string, everyone_ok: boolean) => {
    const message = { id: uuidv7(), text: encoded.trim(), file_ids: files.map(({ id }) => id), everyone_ok };
    start.mutate(
      { id: uuidv7(), title: name.trim(), message },
      {
        onSuccess: (started) => {
          onGone();
          onTopicStarted(started);
        },
        // The words are still in the field.
        onError: (error) => showToast(problemOf(error).detail, { tone: 'urgent' }),
      },
    );
  };

  const ask = async () => {
    const everyone = mentionsEveryone(encoded);
    const groups = groupsIn(encoded);
    if (groups.length === 0) return everyone && channel.n_members > 2 ? setAsked(channel.n_members - 1) : send(everyone);
    if (isCounting) return;
    setCounting(true);
    // Out of reach: it goes unconfirmed, and the server asks when it arrives there.
    const n_called = await countCalled(channel.id, groups).catch(() => null);
    setCounting(false);
    if (n_called === null) return send(false);
    const n_people = everyone ? Math.max(n_called, channel.n_members - 1) : n_called;
    if (n_people > 0) setAsked(n_people);
    else send(false);
  };

  return { n_asked, isBusy: start.isPending || isCounting, ask: () => void ask(), confirm: () => send(true), cancel: () => setAsked(null) };
}
