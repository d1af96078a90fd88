import { AskList } from '@/features/asks/parts/AskList';
import { useAsks } from '@/features/asks/queries';
import { useText as useAskText } from '@/features/asks/strings';
import { addDays, startOf, wallOf } from '@/features/calendar/model';
import { useHoursOf, useMeetings } from '@/features/calendar/queries';
import { useEndFocus, useHours } from '@/features/hours/queries';
import { callsBeside, countUnread } from '@/features/inbox/model';
import { useInbox } from '@/features/inbox/queries';
import { countOverdue, dueBy } from '@/features/today/model';
import { TodayScreen, type Day } from '@/features/today/screens/TodayScreen';
import { useMyUrgents } from '@/features/urgent/queries';
import { settle } from '@/lib/settle';
import { ownTimeZone } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { useMe } from '@/realtime/start';
import { tellRefusal } from '@/ui/tellRefusal';

/** What several features know of the day. */
export function TodayRoute() {
  const t = useAskText();
  const me = useMe();
  const now = useMinute();
  const me_id = me?.id ?? '';
  const timeZone = me?.time_zone ?? ownTimeZone();
  const today = wallOf(now, timeZone).day;
  const [from, to] = [startOf(today, timeZone), startOf(addDays(today, 1), timeZone)];
  const asks = useAsks(me_id, 'on_me');
  const inbox = useInbox(me_id);
  const meetings = useMeetings(from, to);
  const hoursOfDay = useHoursOf(me_id ? [me_id] : [], from, to);
  const hours = useHours();
  const endFocus = useEndFocus();
  const parts = [asks, inbox, meetings, hours];
  const failed = parts.find(({ error, data }) => error !== null && data === undefined);
  const retry = () => parts.forEach((part) => part.error && void part.refetch());

  const items = asks.data?.pages.flatMap((page) => page.items) ?? [];
  const due = dueBy(items, to);
  const focus = hours.data?.focus_now;
  const urgents = useMyUrgents().data?.items ?? [];
  const asked = new Set([...urgents.map(({ message_id }) => message_id), ...items.map(({ ask }) => ask.message_id)]);
  const day: Day | null =
    me && asks.data && inbox.data && meetings.data && hours.data
      ? {
          me,
          now,
          needs: {
            n_urgent: urgents.length,
            n_asks: items.length,
            n_overdue: countOverdue(items, now),
            n_calls: callsBeside(inbox.data, asked).length,
            n_directs: inbox.data.directs.length,
          },
          due: <AskList items={due} label={t('on_me')} me_id={me_id} />,
          n_due: due.length,
          meetings: meetings.data,
          isKeptFree: (hoursOfDay.data?.[0]?.no_meetings ?? []).length > 0,
          news: { n_unread: countUnread(inbox.data), n_places: inbox.data.directs.length + inbox.data.rest.length },
          focus: focus
            ? {
                until: focus.until,
                isEnding: endFocus.isPending,
                onEnd: () => settle(endFocus.mutateAsync(), { onError: tellRefusal }),
              }
            : null,
        }
      : null;
  return <TodayScreen day={day} error={failed?.error ?? null} onRetry={retry} />;
}
