import { useState } from 'react';
import type { OfficePlace, OfficeView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { formatTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { LinkButton } from '@/ui/LinkButton';
import { tellRefusal } from '@/ui/tellRefusal';
import { useLeavePlace } from '../queries';
import { useText } from '../strings';
import styles from './Office.module.css';
import { PlaceDialog } from './PlaceDialog';

/** My place: when it is my turn, what became of the promise, and the way in. */
export function OwnPlace({ view: { office, mine, next_at }, tabIndex }: { view: OfficeView; tabIndex: 0 | -1 }) {
  const t = useText();
  const locale = currentLocale();
  const [isChoosing, setChoosing] = useState(false);
  const leave = useLeavePlace(office.channel_id, office.id);
  const dialog = isChoosing && <PlaceDialog office={office} mine={mine} next_at={next_at} onClose={() => setChoosing(false)} />;
  if (!mine) {
    return (
      <div className={styles.row}>
        {next_at === null ? (
          <p className={styles.note}>{t('full')}</p>
        ) : (
          <>
            <Button size="s" tabIndex={tabIndex} onClick={() => setChoosing(true)}>
              {t('take')}
            </Button>
            <span className={styles.note}>{t('take_at', { time: formatTime(next_at, locale) })}</span>
          </>
        )}
        {dialog}
      </div>
    );
  }
  return (
    <>
      <p className={styles.mine} role="status">
        <b>{turnWords(mine)}</b> {movedWords(mine)}
      </p>
      <div className={styles.row}>
        {mine.live_id && mine.live_channel_id && (
          <LinkButton to="/c/$channelId/live/$liveId" params={{ channelId: mine.live_channel_id, liveId: mine.live_id }} size="s" tabIndex={tabIndex}>
            {t('come_in')}
          </LinkButton>
        )}
        <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => setChoosing(true)}>
          {t('change')}
        </Button>
        <Button size="s" tone="plain" tabIndex={tabIndex} busy={leave.isPending} onClick={() => settle(leave.mutateAsync(mine.person_id), { onError: tellRefusal })}>
          {t('leave')}
        </Button>
      </div>
      {dialog}
    </>
  );

  function turnWords({ position, promised_at }: OfficePlace) {
    if (position === 0) return t('it_is_your_turn');
    const time = formatTime(promised_at, locale);
    return position === 1 ? t('you_are_next', { time }) : t('you_are_nth', { n: position, time });
  }

  function movedWords({ position, promised_at, was_at, is_after_end, n_missed }: OfficePlace) {
    if (position === 0) return '';
    const words = [];
    if (n_missed > 0) words.push(t('missed'));
    if (was_at !== null && was_at !== promised_at) words.push(t(was_at < promised_at ? 'was_later' : 'was_earlier', { time: formatTime(was_at, locale) }));
    if (is_after_end) words.push(t('after_end'));
    return words.join(' ');
  }
}
