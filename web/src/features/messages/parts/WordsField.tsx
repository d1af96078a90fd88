import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelRow } from '@/api/types';
import { decodeMentions, encodeMentions } from '@/realtime/mentions';
import { findMentioned } from '@/realtime/named';
import { useMe } from '@/realtime/start';
import { ComposerField } from './ComposerField';
import styles from './WordsField.module.css';

export type WordsFieldProps = {
  channel: ChannelRow;
  label: string;
  /** As it is stored. What it is at first counts: another text is another field. */
  text: string;
  onText: (text: string) => void;
};

/** Words that are said at another time, with names completed as in the composer. */
export function WordsField({ channel, label, text, onText }: WordsFieldProps) {
  const cache = useQueryClient();
  const me_id = useMe()?.id ?? '';
  const [begun] = useState(() => decodeMentions(text, (id) => findMentioned(cache, id)));
  const [shown, setShown] = useState(begun.text);
  const change = (next: string) => {
    setShown(next);
    onText(encodeMentions(next, begun.book));
  };
  return (
    <div className={styles.field}>
      <p className={styles.label} aria-hidden="true">
        {label}
      </p>
      <ComposerField channel={channel} me_id={me_id} text={shown} onText={change} book={begun.book} label={label} placeholder="" isFirst onKey={() => false} foot={null} />
    </div>
  );
}
