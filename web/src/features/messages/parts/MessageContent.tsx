import { useMemo } from 'react';
import type { Message } from '@/api/types';
import type { OutboxItem } from '@/realtime/outbox';
import { useText } from '../strings';
import { fullTimeOf, isoOf, timeOf } from '../time';
import { useFeed } from './actions';
import { useIsActive } from './activeRow';
import { ForwardBlock } from './ForwardBlock';
import { Marks } from './Marks';
import { MarkupTree } from './MarkupTree';
import styles from './MessageRow.module.css';
import { PersonName } from './PersonName';
import { plainTree } from './plainTree';
import { QuoteBlock } from './QuoteBlock';
import { Reactions } from './Reactions';
import { TopicRow } from './TopicRow';
import { UnsentState } from './UnsentState';

type MessageContentProps = { message: Message; unsent: OutboxItem | undefined; starts_group: boolean };

export function MessageContent({ message, unsent, starts_group }: MessageContentProps) {
  const { me_id, in_topic } = useFeed();
  const nodes = useMemo(() => message.tree ?? plainTree(message.text), [message.tree, message.text]);
  return (
    <div className={styles.content}>
      {starts_group && (
        <header className={styles.who}>
          <strong>
            <PersonName id={message.author_id} />
          </strong>
          <time dateTime={isoOf(message.at)} title={fullTimeOf(message.at)}>
            {timeOf(message.at)}
          </time>
        </header>
      )}
      {(message.pinned || message.saved) && <Marks message={message} />}
      {message.quote && <QuoteBlock quote={message.quote} />}
      {message.deleted ? <Deleted /> : <MarkupTree nodes={nodes} me_id={me_id} />}
      {message.forward && !message.deleted && <ForwardBlock forward={message.forward} />}
      {message.edited_at !== null && !message.deleted && <Edited message={message} />}
      {unsent && <UnsentState item={unsent} />}
      {message.reactions.length > 0 && <Reactions message={message} />}
      {message.topic && !in_topic && <TopicRow message={message} topic={message.topic} />}
    </div>
  );
}

function Deleted() {
  const t = useText();
  return <p className={styles.deleted}>{t('deleted')}</p>;
}

function Edited({ message }: { message: Message }) {
  const t = useText();
  const { actions } = useFeed();
  const tabIndex = useIsActive() ? 0 : -1;
  const label = t('edited_history', { time: fullTimeOf(message.edited_at ?? message.at) });
  return (
    <button
      type="button"
      className={styles.edited}
      tabIndex={tabIndex}
      title={label}
      aria-label={label}
      onClick={() => actions.showHistory(message)}
    >
      {t('edited')}
    </button>
  );
}
