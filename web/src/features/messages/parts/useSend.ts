import { useState } from 'react';
import type { Attachment, ChannelRow, NewAsk, Quote, Topic } from '@/api/types';
import { settle } from '@/lib/settle';
import { uuidv7 } from '@/lib/uuidv7';
import { getOutbox } from '@/realtime/live';
import { tellRefusal } from '@/ui/tellRefusal';
import { countCalled } from '../groupQueries';
import { groupsIn, mentionsEveryone } from '../model';
import { useSendParts, type How } from '../sending';
import { useStartWith } from '../topicQueries';

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

/** How many people would be called, and how it would be sent. */
type Asked = { n_people: number; how: How | null };

// The words are still in the field.

/** Sends what the composer holds, at once or in another way. "@channel" and groups are asked about first, with the number of people. */
export function useSend({ channel, topic, quote, title, encoded, files, ask_with, onGone, onSent, onTopicStarted }: Send) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isCounting, setCounting] = useState(false);
  const [isDelivering, setDelivering] = useState(false);
  const start = useStartWith(channel.id);
  const parts = useSendParts();

  const send = (everyone_ok: boolean, how: How | null) => {
    setAsked(null);
    if (title !== null) return startTopic(title, everyone_ok);
    const message = { id: uuidv7(), channel_id: channel.id, topic_id: topic?.id ?? null, text: encoded.trim(), files, quote, everyone_ok };
    if (how && parts) return deliver(parts.deliver(how, message));
    getOutbox().add({ ...message, ...(ask_with && { ask: ask_with }), created_at_ms: Date.now() });
    onGone();
    onSent();
  };

  const deliver = (delivered: ReturnType<NonNullable<typeof parts>['deliver']>) => {
    setDelivering(true);
    delivered.then(onGone, tellRefusal).finally(() => setDelivering(false));
  };

  const startTopic = (name: string, everyone_ok: boolean) => {
    const message = { id: uuidv7(), text: encoded.trim(), file_ids: files.map(({ id }) => id), everyone_ok };
    settle(start.mutateAsync({ topic: { id: uuidv7(), title: name.trim() }, message, ask: ask_with }), {
      onSuccess: (started) => {
        onGone();
        onTopicStarted(started);
      },
      onError: tellRefusal,
    });
  };

  const ask = async (how: How | null) => {
    if (isCounting || isDelivering) return;
    const everyone = mentionsEveryone(encoded);
    const groups = groupsIn(encoded);
    if (groups.length === 0) return everyone && channel.n_members > 2 ? setAsked({ n_people: channel.n_members - 1, how }) : send(everyone, how);
    setCounting(true);
    // Out of reach: it goes unconfirmed, and the server asks when it arrives there.
    const n_called = await countCalled(channel.id, groups).catch(() => null);
    setCounting(false);
    if (n_called === null) return send(false, how);
    const n_people = everyone ? Math.max(n_called, channel.n_members - 1) : n_called;
    if (n_people > 0) setAsked({ n_people, how });
    else send(false, how);
  };

  return {
    n_asked: asked?.n_people ?? null,
    isBusy: start.isPending || isCounting || isDelivering,
    ask: (how: How | null = null) => void ask(how),
    confirm: () => send(true, asked?.how ?? null),
    cancel: () => setAsked(null),
  };
}
