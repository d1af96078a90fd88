import { useMemo } from 'react';
import type { Id, TopicView } from '@/api/types';
import { useText } from '../strings';
import { agoOf, isoOf } from '../time';
import styles from './Begin.module.css';
import { MarkupTree } from './MarkupTree';
import { PersonFace } from './PersonFace';
import { PersonName } from './PersonName';
import { plainTree } from './plainTree';
import { QuoteBlock } from './QuoteBlock';

/** The top of a topic: what was decided, the message it began with, how many answered. */
export function TopicBegin({ view, me_id }: { view: TopicView; me_id: Id }) {
  const t = useText();
  const { topic, origin } = view;
  const nodes = useMemo(() => origin.tree ?? plainTree(origin.text), [origin]);
  return (
    <>
      {topic.state === 'decided' && topic.decision && (
        <section className={styles.decision} dir="auto">
          <b>{t('decision')}</b>
          {topic.decision}
        </section>
      )}
      {/* A feed may hold links only within its articles. */}
      <article className={styles.origin} aria-label={t('topic_begin')}>
        <header>
          <PersonFace id={origin.author_id} size={28} />
          <strong>
            <PersonName id={origin.author_id} />
          </strong>
          <time dateTime={isoOf(origin.at)}>{agoOf(origin.at)}</time>
        </header>
        {origin.quote && <QuoteBlock quote={origin.quote} />}
        {origin.deleted ? <p>{t('deleted')}</p> : <MarkupTree nodes={nodes} me_id={me_id} />}
      </article>
      <p className={styles.note}>{topic.n_messages > 0 ? t('replies', { count: topic.n_messages }) : t('empty_topic')}</p>
    </>
  );
}
