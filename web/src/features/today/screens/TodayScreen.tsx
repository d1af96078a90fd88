import { IconPlayerPlayFilled, IconSun } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Meeting, Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { Chip } from '@/ui/Chip';
import { ErrorState } from '@/ui/ErrorState';
import { keepFocus } from '@/ui/keepFocus';
import { LinkButton } from '@/ui/LinkButton';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { firstNameOf, greetingAt } from '../model';
import { Card } from '../parts/Card';
import { Soon } from '../parts/Soon';
import styles from '../parts/Today.module.css';
import { useText } from '../strings';

export type Day = {
  me: Person & { time_zone: string };
  now: number;
  needs: { n_urgent: number; n_asks: number; n_overdue: number; n_calls: number; n_directs: number };
  /** The list of what is due, from another feature. */
  due: ReactNode;
  n_due: number;
  meetings: readonly Meeting[];
  isKeptFree: boolean;
  news: { n_unread: number; n_places: number };
  focus: { until: number; isEnding: boolean; onEnd: () => void } | null;
};

type TodayScreenProps = { day: Day | null; error: unknown; onRetry: () => void };

/** The day at a glance: what needs me, what is soon, what is due, what is new. */
export function TodayScreen({ day, error, onRetry }: TodayScreenProps) {
  const t = useText();
  const locale = currentLocale();
  const inZone = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, ...(day && { timeZone: day.me.time_zone }) });
  const hour = day ? Number(new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: day.me.time_zone }).format(day.now / 1000)) : 0;
  const firstName = day ? firstNameOf(day.me.name) : '';
  return (
    <Pane>
      <PaneHeader
        title={day ? t(greetingAt(hour), { name: firstName }) : t('title')}
        back={null}
        icon={<IconSun size={19} stroke={1.6} aria-hidden="true" />}
        subtitle={day && inZone({ weekday: 'long', day: 'numeric', month: 'long' }).format(day.now / 1000)}
      />
      <PaneBody>
        <div ref={keepFocus} className={styles.sheet}>
          {!day && error === null && <Skeleton rows={8} />}
          {!day && error !== null && <ErrorState error={error} onRetry={onRetry} />}
          {day && <Cards day={day} />}
        </div>
      </PaneBody>
    </Pane>
  );
}

function Cards({ day }: { day: Day }) {
  const t = useText();
  const { me, now, needs, news, focus } = day;
  const isQuiet = needs.n_urgent + needs.n_asks + needs.n_calls + needs.n_directs === 0;
  return (
    <>
      {focus && focus.until > now && (
        <div className={styles.focus}>
          <span>{t('focus_until', { time: formatTime(focus.until, currentLocale(), me.time_zone) })}</span>
          <Button size="s" busy={focus.isEnding} onClick={focus.onEnd}>
            {t('focus_end')}
          </Button>
        </div>
      )}
      <Card
        title={t('needs_you')}
        action={
          <LinkButton to="/inbox" tone="plain" size="s">
            {t('open_inbox')}
          </LinkButton>
        }
      >
        {isQuiet && <p>{t('nothing_needs')}</p>}
        <div className={styles.facts}>
          {needs.n_urgent > 0 && <Chip tone="urgent">{t('n_urgent', { count: needs.n_urgent })}</Chip>}
          {needs.n_overdue > 0 && <Chip tone="due">{t('n_overdue', { count: needs.n_overdue })}</Chip>}
          {needs.n_asks > 0 && <Chip>{t('n_asks', { count: needs.n_asks })}</Chip>}
          {needs.n_directs > 0 && <Chip>{t('n_directs', { count: needs.n_directs })}</Chip>}
          {needs.n_calls > 0 && <Chip>{t('n_calls', { count: needs.n_calls })}</Chip>}
        </div>
      </Card>
      <Soon meetings={day.meetings} isKeptFree={day.isKeptFree} me_id={me.id} now={now} timeZone={me.time_zone} />
      <Card
        title={t('due_today')}
        action={
          <LinkButton to="/asks" tone="plain" size="s">
            {t('all_asks')}
          </LinkButton>
        }
      >
        {day.n_due === 0 ? <p>{t('nothing_due')}</p> : day.due}
      </Card>
      <Card
        title={t('while_away')}
        action={
          news.n_unread > 0 && (
            <LinkButton to="/catch-up" tone="soft" size="s" icon={<IconPlayerPlayFilled size={14} aria-hidden="true" />}>
              {t('catch_up')}
            </LinkButton>
          )
        }
      >
        <p>{news.n_unread === 0 ? t('nothing_new') : t('n_unread', { count: news.n_unread, places: t('n_places', { count: news.n_places }) })}</p>
      </Card>
    </>
  );
}
