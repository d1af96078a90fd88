import { useEffect, useState } from 'react';
import type { ChannelRow, Id, NewAsk } from '@/api/types';
import { askableIn, asksSomething } from '../model';
import { useAskWords } from '../queries';
import { AskBar } from './AskBar';
import { AskProposal } from './AskProposal';

type AskWritingProps = {
  channel: ChannelRow;
  topic_id: Id | null;
  me_id: Id;
  text: string;
  ask: NewAsk | null;
  onAsk: (ask: NewAsk | null) => void;
};

/** On top of the field: what the message asks, or the quiet offer to ask when it names somebody and has a question. */
export function AskWriting({ channel, topic_id, me_id, text, ask, onAsk }: AskWritingProps) {
  const named = askableIn(text, channel, me_id);
  const words = useAskWords(ask === null && named.length > 0);
  const [isDismissed, setDismissed] = useState(false);
  const [leftOut, setLeftOut] = useState<readonly Id[]>([]);
  const isEmpty = text.trim() === '';
  const people = named.filter((id) => !leftOut.includes(id));
  const wanted = ask?.everyone ? '' : people.join(',');

  // Whoever is named while one writes is asked; the text is the only list.
  useEffect(() => {
    if (ask && !ask.everyone && ask.people.join(',') !== wanted) onAsk({ ...ask, people: wanted === '' ? [] : wanted.split(',') });
  }, [ask, wanted, onAsk]);
  // Each message is offered anew.
  useEffect(() => {
    if (!isEmpty) return;
    setDismissed(false);
    setLeftOut([]);
  }, [isEmpty]);

  if (ask) {
    const toggle = (id: Id) => setLeftOut(leftOut.includes(id) ? leftOut.filter((other) => other !== id) : [...leftOut, id]);
    return <AskBar channel={channel} topic_id={topic_id} named={named} ask={ask} onAsk={onAsk} onToggle={toggle} />;
  }
  if (isDismissed || named.length === 0 || !words.data || !asksSomething(text, words.data)) return null;
  return (
    <AskProposal
      channel={channel}
      topic_id={topic_id}
      people={named}
      onAsk={() => onAsk({ kind: 'question', people: named })}
      onDismiss={() => setDismissed(true)}
    />
  );
}
