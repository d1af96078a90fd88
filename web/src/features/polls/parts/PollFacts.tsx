import type { PollView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { useText } from '../strings';
import { meanOf } from '../voting';
import styles from './PollCard.module.css';

/** How many have voted, who sees what, and until when it is open. */
export function PollFacts({ view: { poll, is_told }, hasResult }: { view: PollView; hasResult: boolean }) {
  const t = useText();
  const mean = poll.kind === 'scale' && hasResult ? meanOf(poll) : null;
  const facts = [
    poll.n_voters === 0 ? t('nobody_voted') : t('voted', { count: poll.n_voters }),
    ...(mean === null ? [] : [t('mean', { mean: mean.toLocaleString(currentLocale(), { maximumFractionDigits: 1 }) })]),
    ...(is_told ? [] : [t('is_hidden')]),
    ...(poll.anonymous ? [t('is_anonymous')] : []),
    ...(poll.closed ? [t('closed')] : poll.closes_at === null ? [] : [t('closes_at', { time: formatDateTime(poll.closes_at, currentLocale()) })]),
  ];
  return <span className={styles.facts}>{facts.join(' · ')}</span>;
}
