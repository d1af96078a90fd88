import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { ChannelRow, Id } from '@/api/types';
import { findNamed, type Completion } from '../completions';
import { formatted } from '../formatting';
import { useText } from '../strings';
import styles from './Composer.module.css';
import { CompletionList } from './CompletionList';
import { ComposerTools } from './ComposerTools';
import { useCompletions } from './useCompletions';
import { useField } from './useField';

const FormatBar = lazy(() => untilThere(() => import('./FormatBar')).then((module) => ({ default: module.FormatBar })));

export type ComposerFieldProps = {
  channel: ChannelRow;
  me_id: Id;
  text: string;
  onText: (text: string) => void;
  /** Who stands behind a name that was completed. */
  book: Map<string, Id>;
  label: string;
  placeholder: string;
  isFirst?: boolean;
  /** True when the key was used up. */
  onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;
  top?: ReactNode;
  /** Buttons beside the formatting. */
  tools?: ReactNode;
  /** Hint and buttons at the end of the foot. */
  foot: ReactNode;
};

export function ComposerField(props: ComposerFieldProps) {
  const { channel, me_id, text, onText, book } = props;
  const t = useText();
  const listId = useId();
  const [hasFormats, setFormats] = useState(false);
  const { field, apply, insert } = useField(text, onText);
  const offered = useCompletions(channel, me_id);
  const isOffering = offered.items.length > 0;

  const pick = (item: Completion) => {
    const { trigger } = offered;
    if (!trigger) return;
    const words = `${wordsFor(item, book)} `;
    const after = trigger.start + words.length;
    apply({ from: trigger.start, to: trigger.end, insert: words, start: after, end: after });
    offered.close();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter chooses a word there.
    if (event.nativeEvent.isComposing) return;
    const item = offered.items[offered.chosen];
    if (item && isOffering && steer(event.key, () => pick(item), offered)) event.preventDefault();
    else if (props.onKey(event)) event.preventDefault();
    if (event.key === 'Escape' && isOffering) event.stopPropagation();
  };

  return (
    <div className={styles.composer}>
      {props.top}
      {isOffering && (
        <CompletionList
          id={listId}
          items={offered.items}
          chosen={offered.chosen}
          n_people={channel.n_members - 1}
          onPick={pick}
        />
      )}
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        className={styles.field}
        value={text}
        placeholder={props.placeholder}
        aria-label={props.label}
        aria-autocomplete="list"
        aria-controls={isOffering ? listId : undefined}
        aria-activedescendant={isOffering ? `${listId}-${offered.chosen}` : undefined}
        data-composer=""
        autoFocus={props.isFirst}
        onChange={({ target }) => {
          onText(target.value);
          offered.look(target.value, target.selectionStart);
          const named = findNamed(target.value, target.selectionStart, offered.emojiNames);
          if (named) apply({ ...named, insert: named.emoji, start: named.from + named.emoji.length, end: named.from + named.emoji.length });
        }}
        onBlur={offered.close}
        onKeyDown={onKeyDown}
      />
      {hasFormats && (
        <Suspense fallback={null}>
          <FormatBar
            onFormat={(format) => {
              const box = field.current;
              if (box) apply(formatted(format, { text: box.value, start: box.selectionStart, end: box.selectionEnd }));
            }}
          />
        </Suspense>
      )}
      <div className={styles.foot} role="group" aria-label={t('send_options')}>
        <ComposerTools hasFormats={hasFormats} onFormats={() => setFormats(!hasFormats)} onEmoji={insert} />
        {props.tools}
        {props.foot}
      </div>
    </div>
  );
}

/** Keys for the list of suggestions; true when one was used. */
function steer(key: string, pick: () => void, { move, close }: { move: (step: number) => void; close: () => void }): boolean {
  if (key === 'ArrowDown') move(1);
  else if (key === 'ArrowUp') move(-1);
  else if (key === 'Enter' || key === 'Tab') pick();
  else if (key === 'Escape') close();
  else return false;
  return true;
}

/** A name that two people share cannot stand for the second one: their id does. */
function wordsFor(item: Completion, book: Map<string, Id>): string {
  if (item.kind === 'emoji') return item.emoji;
  const [name, id] = item.kind === 'everyone' ? ['channel', 'channel'] : [item.name, item.kind === 'group' ? `&${item.id}` : item.id];
  if ((book.get(name) ?? id) !== id) return `<@${id}>`;
  book.set(name, id);
  return `@${name}`;
}
