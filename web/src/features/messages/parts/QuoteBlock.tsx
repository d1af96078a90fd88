import { useQueryClient } from '@tanstack/react-query';
import type { Quote } from '@/api/types';
import { findMentioned } from '@/realtime/named';
import { usePerson } from '@/realtime/people';
import { decodeMentions } from '../model';
import { useText } from '../strings';
import { useFeed } from './actions';
import { useIsActive } from './activeRow';
import styles from './QuoteBlock.module.css';

/** What somebody said before, above the answer to it; a press goes there. */
export function QuoteBlock({ quote }: { quote: Quote }) {
  const t = useText();
  const cache = useQueryClient();
  const { actions } = useFeed();
  const author = usePerson(quote.author_id)?.name ?? t('unknown_person');
  const tabIndex = useIsActive() ? 0 : -1;
  if (quote.deleted) return <p className={styles.gone}>{t('quote_deleted')}</p>;
  const { text } = decodeMentions(quote.text, (id) => findMentioned(cache, id));
  return (
    <button
      type="button"
      className={styles.quote}
      tabIndex={tabIndex}
      title={t('quote_jump', { name: author })}
      onClick={() => actions.jumpTo(quote.message_id)}
    >
      <bdi className={styles.author}>{author}</bdi>
      <span className={styles.text} dir="auto">
        {text || t('quote_files')}
      </span>
    </button>
  );
}
