import { Suspense, useMemo } from 'react';
import type { Message } from '@/api/types';
import type { OutboxItem } from '@/realtime/outbox';
import { useAttachmentParts } from '../attachments';
import { useCardParts } from '../cards';
import { hrefsOf } from '../model';
import { useText } from '../strings';
import { fullTimeOf, isoOf, timeOf } from '../time';
import { useFeed } from './actions';
import { useIsActive } from './activeRow';
import { KindChip } from './KindChip';
import { ForwardBlock } from './ForwardBlock';
import { Marks } from './Marks';
import { MessageAsk } from './MessageAsk';
import { MarkupTree } from './MarkupTree';
import { MessageCard } from './MessageCard';
import { MessageLinks } from './MessageLinks';
import styles from './MessageRow.module.css';
import { PersonButton } from './PersonButton';
import { PersonName } from './PersonName';
import { PersonStatus } from './PersonStatus';
import { plainTree } from './plainTree';
import { QuoteBlock } from './QuoteBlock';
import { Reactions } from './Reactions';
import { TopicRow } from './TopicRow';
import { UnsentState } from './UnsentState';

type MessageContentProps = { message: Message; unsent: OutboxItem | undefined; starts_group: boolean };

export function MessageContent({ message, unsent, starts_group }: MessageContentProps) {
  const { me_id, in_topic, is_direct } = useFeed();
  const nodes = useMemo(() => message.tree ?? plainTree(message.text), [message.tree, message.text]);
  const hrefs = useMemo(() => (message.deleted ? [] : hrefsOf(nodes)), [nodes, message.deleted]);
  return (
    <div className={styles.content}>
      {starts_group && (
        <header className={styles.who}>
          <strong>
            <PersonButton id={message.author_id}>
              <PersonName id={message.author_id} />
            </PersonButton>
          </strong>
          <PersonStatus id={message.author_id} />
          <KindChip id={message.author_id} />
          <time dateTime={isoOf(message.at)} title={fullTimeOf(message.at)}>
            {timeOf(message.at)}
          </time>
        </header>
      )}
      {(message.pinned || message.saved) && <Marks message={message} />}
      {message.quote && <QuoteBlock quote={message.quote} />}
      {message.deleted && <Deleted message={message} />}
      {!message.deleted && message.text !== '' && <MarkupTree nodes={nodes} me_id={me_id} />}
      {message.files.length > 0 && <Carried message={message} />}
      {hrefs.length > 0 && !unsent && <MessageLinks message={message} hrefs={hrefs} />}
      {message.forward && !message.deleted && <ForwardBlock forward={message.forward} />}
      {message.card && !message.deleted && <MessageCard message={message} />}
      {message.edited_at !== null && !message.deleted && <Edited message={message} />}
      {!unsent && !message.deleted && <MessageAsk message={message} />}
      {unsent && <UnsentState item={unsent} />}
      {is_direct && !unsent && !message.deleted && message.author_id === me_id && <MessageState message={message} />}
      {message.reactions.length > 0 && <Reactions message={message} />}
      {message.topic && !in_topic && <TopicRow message={message} topic={message.topic} />}
    </div>
  );
}

/** What becomes of it when it is sent. */
function MessageState({ message }: { message: Message }) {
  const parts = useCardParts();
  if (!parts) return null;
  return (
    <Suspense fallback={null}>
      <parts.State message={message} />
    </Suspense>
  );
}

function Carried({ message }: { message: Message }) {
  const parts = useAttachmentParts();
  const tabIndex = useIsActive() ? 0 : -1;
  if (!parts) return null;
  return (
    <Suspense fallback={null}>
      <parts.Files files={message.files} tabIndex={tabIndex} />
    </Suspense>
  );
}

function Deleted({ message: { author_id, removed } }: { message: Message }) {
  const t = useText();
  const { me_id } = useFeed();
  if (!removed) return <p className={styles.deleted}>{t('deleted')}</p>;
  return (
    <>
      <p className={styles.deleted}>{author_id === me_id ? t('removed_mine') : t('removed')}</p>
      {removed.reason && (
        <p className={styles.reason}>
          <bdi>{removed.reason}</bdi>
        </p>
      )}
    </>
  );
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
