import type { Poll } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { useText } from '../strings';
import styles from './PollCard.module.css';

/** How many have voted, who sees it, and until when it is open. */
export function PollFacts({ poll }: { poll: Poll }) {
  const t = useText();
  const facts = [
    poll.n_voters === 0 ? t('nobody_voted') : t('voted', { count: poll.n_voters }),
    ...(poll.anonymous ? [t('is_anonymous')] : []),
    ...(poll.closed ? [t('closed')] : poll.closes_at === null ? [] : [t('closes_at', { time: formatDateTime(poll.closes_at, currentLocale()) })]),
  ];
  return <span className={styles.facts}>{facts.join(' · ')}</span>;
}
