import type { Report } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { usePerson } from '@/realtime/people';
import { useText } from '../strings';
import styles from './Moderation.module.css';
import { ReportButtons } from './ReportButtons';
import { ReportVoice } from './ReportVoice';
import { usePlaceName } from './usePlaceName';

/** One reported message: what it said, who minds it, and what can be done. */
export function ReportCard({ report }: { report: Report }) {
  const t = useText();
  const placeName = usePlaceName();
  const author = usePerson(report.author_id)?.name ?? t('someone');
  const handler = usePerson(report.handled?.by ?? report.author_id)?.name ?? t('someone');
  const locale = currentLocale();
  return (
    <li className={styles.card}>
      <h3>
        <bdi>{t('by_in', { author, place: placeName(report.place) })}</bdi>
      </h3>
      <p className={styles.meta}>
        {t('reported_at', { time: formatDateTime(report.opened_at, locale) })}
        {report.gone && !report.handled && ` · ${t('gone_since')}`}
      </p>
      {report.text && (
        <blockquote className={styles.said} dir="auto">
          {report.text}
        </blockquote>
      )}
      <ul className={styles.voices} aria-label={t('who_minds')}>
        {report.voices.map((voice) => (
          <ReportVoice key={voice.person_id} voice={voice} />
        ))}
        {report.words.length > 0 && <li>{t('by_words', { words: report.words.join(', ') })}</li>}
      </ul>
      {report.handled ? (
        <p className={styles.meta}>
          {t(`handled_${report.handled.outcome}`, { name: handler, time: formatDateTime(report.handled.at, locale) })}
        </p>
      ) : (
        <ReportButtons report={report} author={author} />
      )}
    </li>
  );
}
