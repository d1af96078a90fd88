import { useState, type KeyboardEvent } from 'react';
import { currentLocale } from '@/i18n/core';
import { formatSeconds } from '@/lib/time';
import type { ChannelRow, Id, Quote, Topic } from '@/api/types';
import { bytesLeft, MAX_FILES } from '../length';
import { encodeMentions } from '../model';
import type { How } from '../sending';
import { useText } from '../strings';
import { ComposerField } from './ComposerField';
import { ComposerHint } from './ComposerHint';
import { ComposerTop } from './ComposerTop';
import { isOptionsKey, isSendKey } from './sendKey';
import { SendButtons } from './SendButtons';
import { SlowLine } from './SlowLine';
import { nameOf, useChannelName } from '@/realtime/channelName';
import { useAsking } from './useAsking';
import { useDraft } from './useDraft';
import { useInsert } from './useInsert';
import { useLater } from './useLater';
import { useRewriting, type Rewritten } from './useRewriting';
import { useSend } from './useSend';
import { useTray } from './useTray';
import { useTurn } from './useTurn';

export type ComposerProps = {
  channel: ChannelRow;
  topic: Topic | null;
  me_id: Id;
  quote: Quote | null;
  /** What comes back to be changed. */
  rewritten: Rewritten | null;
  onRewritten: () => void;
  onQuoteEnd: () => void;
  onEditLast: () => void;
  onSent: () => void;
  onTopicStarted: (topic: Topic) => void;
};

export function Composer(props: ComposerProps) {
  const { channel, topic, me_id, quote } = props;
  const t = useText();
  const name = useChannelName(channel);
  const draft = useDraft(me_id, channel.id, topic?.id ?? null);
  const [title, setTitle] = useState<string | null>(null);
  const tray = useTray(`${me_id}.${channel.id}.${topic?.id ?? ''}`);
  const encoded = encodeMentions(draft.text, draft.book);
  const isEmpty = (draft.text.trim() === '' && tray.files.length === 0) || title?.trim() === '';
  const asking = useAsking({ channel, topic_id: topic?.id ?? null, me_id, text: encoded });
  const isHeld = tray.n_waiting + tray.n_asking > 0 || tray.files.length > MAX_FILES || asking.asksNobody;
  const wait_s = useTurn(channel);
  const isTooLong = (bytesLeft(encoded) ?? 0) < 0;

  const send = useSend({
    ...props,
    title,
    encoded,
    files: tray.files,
    ask_with: asking.ask,
    onGone: () => {
      asking.clear();
      tray.clear(tray.files.map(({ id }) => id));
      draft.setText('');
      setTitle(null);
      props.onQuoteEnd();
    },
  });

  useRewriting(draft, tray.bring, props.rewritten, props.onRewritten);
  const onNewTopic = topic || title !== null ? null : () => setTitle('');
  const insert = useInsert({ channel, topic_id: topic?.id ?? null, text: draft.text, words: encoded, onDone: () => draft.setText(''), onNewTopic });

  const ask = (how: How | null) => {
    if (!isEmpty && !isTooLong && !isHeld) send.ask(how);
  };
  // What asks goes out now: its time to answer begins with it.
  const later = useLater(channel, topic?.id ?? null, title === null && !asking.ask, ask);
  const label = later.first?.label ?? (wait_s > 0 ? t('send_in', { time: formatSeconds(wait_s, currentLocale()) }) : t('send'));
  const onKey = (event: KeyboardEvent) => {
    if (isOptionsKey(event)) return openOptions(event.currentTarget);
    if (isSendKey(event)) {
      ask(later.first?.how ?? null);
      return true;
    }
    if (event.key === 'ArrowUp' && draft.text === '' && title === null) {
      props.onEditLast();
      return true;
    }
    if (event.key !== 'Escape' || (!quote && title === null)) return false;
    event.stopPropagation();
    if (quote) props.onQuoteEnd();
    else setTitle(null);
    return true;
  };

  const fieldLabel = topic ? t('reply_label', { title: topic.title }) : t('message_to', { name });
  return (
    <ComposerField
      channel={channel}
      me_id={me_id}
      text={draft.text}
      onText={draft.setText}
      book={draft.book}
      label={fieldLabel}
      placeholder={title !== null ? t('topic_message') : topic ? t('reply_to') : t('write_to', { name: nameOf(channel, name) })}
      onKey={onKey}
      top={
        <>
        <ComposerTop
          quote={quote}
          onQuoteEnd={props.onQuoteEnd}
          title={title}
          onTitle={setTitle}
          draft={draft}
          n_asked={send.n_asked}
          onConfirm={send.confirm}
          onCancel={send.cancel}
        />
        {later.line}
        {tray.cards}
        {asking.line}
        {channel.slow_s > 0 && !channel.can_manage && <SlowLine slow_s={channel.slow_s} wait_s={wait_s} />}
        </>
      }
      tools={tray.buttons}
      foot={
        <>
          <ComposerHint text={encoded} n_waiting={tray.n_waiting} n_asking={tray.n_asking} n_files={tray.files.length} />
          <SendButtons
            label={title !== null ? t('start') : label}
            isBusy={send.isBusy}
            isDisabled={isTooLong || isHeld}
            onSend={() => ask(later.first?.how ?? null)}
            onNewTopic={onNewTopic}
            items={<>{later.items}{insert.items}{asking.item}</>}
          />
          {insert.dialog}
          {later.dialog}
        </>
      }
    />
  );
}

/** True if there are any here. */
function openOptions(field: Element): boolean {
  const button = field.parentElement?.querySelector<HTMLElement>('[data-send-options]');
  button?.click();
  return Boolean(button);
}
