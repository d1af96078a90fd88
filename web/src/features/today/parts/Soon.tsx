import type { Id, Meeting } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { Chip } from '@/ui/Chip';
import { LinkButton } from '@/ui/LinkButton';
import { asksConsent, stillToCome } from '../model';
import { useText } from '../strings';
import { Card } from './Card';
import styles from './Today.module.css';

type SoonProps = { meetings: readonly Meeting[]; isKeptFree: boolean; me_id: Id; now: number; timeZone: string };

/** The meetings of the day that go on or are still to come. */
export function Soon({ meetings, isKeptFree, me_id, now, timeZone }: SoonProps) {
  const t = useText();
  const locale = currentLocale();
  const coming = stillToCome(meetings, now);
  const n_asking = coming.filter((meeting) => asksConsent(meeting, me_id)).length;
  const clock = (at: number) => formatTime(at, locale, timeZone);
  return (
    <Card
      title={t('soon')}
      action={
        <LinkButton to="/schedule" tone="plain" size="s">
          {t('open_schedule')}
        </LinkButton>
      }
    >
      {isKeptFree && <p>{t('kept_free')}</p>}
      {n_asking > 0 && <p>{t('wait_for_consent', { count: n_asking })}</p>}
      {coming.length === 0 && !isKeptFree && <p>{t('no_meetings')}</p>}
      {coming.length > 0 && (
        <ul className={styles.meetings}>
          {coming.map((meeting) => {
            const answer = meeting.people.find(({ person_id }) => person_id === me_id)?.answer ?? 'open';
            return (
              <li key={meeting.id}>
                <time dateTime={new Date(meeting.starts_at / 1000).toISOString()}>
                  {meeting.starts_at <= now ? t('now') : clock(meeting.starts_at)}–{clock(meeting.ends_at)}
                </time>
                <b dir="auto">{meeting.title}</b>
                <Chip tone={answer === 'open' ? 'due' : 'calm'}>{t(`answer_${answer}`)}</Chip>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
