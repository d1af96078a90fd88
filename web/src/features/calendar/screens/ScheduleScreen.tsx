import { IconCalendarPlus, IconChevronLeft, IconChevronRight, IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import type { Id, MeetingHours, Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { ownTimeZone } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { takeProposal } from '@/realtime/proposing';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { IconButton } from '@/ui/IconButton';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { useIsPhone } from '@/ui/useIsPhone';
import { addDays, firstWeekday, startOf, wallOf, weekOf } from '../model';
import { DayList } from '../parts/DayList';
import { HoursOf } from '../parts/HoursOf';
import { MeetingDialog } from '../parts/MeetingDialog';
import { MeetingForm } from '../parts/MeetingForm';
import type { PickPeople } from '../parts/pickPeople';
import styles from '../parts/Schedule.module.css';
import { SettingsDialog } from '../parts/SettingsDialog';
import { WeekGrid } from '../parts/WeekGrid';
import { useHoursOf, useMeetings } from '../queries';
import { useText } from '../strings';

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** My week on my clock, with the hours of those whom I choose. */
export function ScheduleScreen({ PickPeople }: { PickPeople: PickPeople }) {
  const t = useText();
  const me = useMe();
  const timeZone = me?.time_zone ?? ownTimeZone();
  const locale = currentLocale();
  const today = wallOf(useMinute(), timeZone).day;
  const [shown, setShown] = useState<string | null>(null);
  const [others, setOthers] = useState<Person[]>([]);
  const [open, setOpen] = useState<Id | null>(null);
  const [proposal] = useState(takeProposal);
  const [dialog, setDialog] = useState<'propose' | 'settings' | null>(proposal && 'propose');
  const isPhone = useIsPhone();
  const days = weekOf(shown ?? today, firstWeekday(locale));
  const [first = today, last = today] = [days[0], days[6]];
  const [from, to] = [startOf(first, timeZone), startOf(addDays(last, 1), timeZone)];
  const meetings = useMeetings(from, to);
  const people = me ? [me, ...others] : others;
  const hours = useHoursOf(
    people.map(({ id }) => id),
    from,
    to,
  );
  const week = { days, today, timeZone, meetings: meetings.data ?? [], hours: sorted(hours.data ?? [], people), people, onOpen: setOpen };

  return (
    <Pane>
      <PaneHeader
        title={t('schedule')}
        back={null}
        subtitle={t('week_of', { days: sayDays(from, startOf(last, timeZone), locale, timeZone) })}
        actions={
          <Button tone="primary" icon={<IconCalendarPlus {...icon} />} onClick={() => setDialog('propose')}>
            {t('propose')}
          </Button>
        }
      />
      <PaneBody>
        <div className={styles.bar}>
          <div className={styles.steps} role="group" aria-label={t('which_week')}>
            <IconButton label={t('week_before')} onClick={() => setShown(addDays(first, -7))}>
              <IconChevronLeft className="mirror" {...icon} />
            </IconButton>
            <Button size="s" tone="outline" onClick={() => setShown(null)}>
              {t('this_week')}
            </Button>
            <IconButton label={t('week_after')} onClick={() => setShown(addDays(first, 7))}>
              <IconChevronRight className="mirror" {...icon} />
            </IconButton>
            <IconButton label={t('meeting_settings')} onClick={() => setDialog('settings')}>
              <IconSettings {...icon} />
            </IconButton>
          </div>
          <HoursOf people={others} hasFocus={!isPhone && week.hours.some(({ focus }) => focus.length > 0)} onChange={setOthers} PickPeople={PickPeople} />
        </div>
        {meetings.isPending && <Skeleton rows={8} />}
        {meetings.error && !meetings.data && <ErrorState error={meetings.error} onRetry={() => void meetings.refetch()} />}
        {meetings.data && meetings.data.length === 0 && <p className={styles.none}>{t('no_meetings')}</p>}
        {meetings.data && (isPhone ? <DayList {...week} /> : <WeekGrid {...week} />)}
      </PaneBody>
      {open && <MeetingDialog key={open} id={open} timeZone={timeZone} onClose={() => setOpen(null)} />}
      {dialog === 'settings' && <SettingsDialog onClose={() => setDialog(null)} />}
      {dialog === 'propose' && (
        <MeetingForm
          PickPeople={PickPeople}
          timeZone={timeZone}
          day={shown && shown > today ? shown : today}
          invited={others}
          proposal={proposal}
          onClose={() => setDialog(null)}
          onProposed={(meeting) => {
            setShown(wallOf(meeting.starts_at, timeZone).day);
            setDialog(null);
          }}
        />
      )}
    </Pane>
  );
}

/** "8–14 Mar 2027". */
function sayDays(first: number, last: number, locale: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
  return format.formatRange(first / 1000, last / 1000);
}

/** As the people are, the reader first. */
function sorted(hours: readonly MeetingHours[], people: readonly Person[]): MeetingHours[] {
  return people.flatMap(({ id }) => hours.find(({ person_id }) => person_id === id) ?? []);
}
