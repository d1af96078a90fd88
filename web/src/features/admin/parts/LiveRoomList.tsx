import { useQuery } from '@tanstack/react-query';
import { CardList } from '@/ui/CardList';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { liveRoomsQuery } from '../queries';
import { useText } from '../strings';
import { LiveRoomRow } from './LiveRoomRow';

/** The live sessions that go on, and how their lines are. */
export function LiveRoomList() {
  const t = useText();
  const { data: live, error, refetch } = useQuery(liveRoomsQuery);
  const isEmpty = live?.rooms.length === 0;
  const hints = { here: isEmpty ? 'live_rooms_none' : 'live_rooms_hint', elsewhere: 'live_rooms_elsewhere', nowhere: 'live_rooms_nowhere' } as const;
  return (
    <Section title={t('live_rooms')} hint={live && t(hints[live.place])}>
      {!live && !error && <Skeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {live && !isEmpty && (
        <CardList label={t('live_rooms')}>
          {live.rooms.map((room) => (
            <LiveRoomRow key={room.breakout_id ?? room.live_id} room={room} />
          ))}
        </CardList>
      )}
    </Section>
  );
}
