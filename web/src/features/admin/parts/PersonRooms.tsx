import { useInfiniteQuery } from '@tanstack/react-query';
import { currentLocale } from '@/i18n/core';
import { sizeInWords } from '@/lib/size';
import { CardRow } from '@/ui/CardRow';
import { Face } from '@/ui/Face';
import { personRoomQuery } from '../queries';
import { useText } from '../strings';
import { RoomList } from './RoomList';

/** The people whose files take most. */
export function PersonRooms() {
  const t = useText();
  const rooms = useInfiniteQuery(personRoomQuery);
  return (
    <RoomList title={t('by_person')} list={rooms} n={rooms.data?.length}>
      {rooms.data?.map(({ person, n_bytes, n_files }) => (
        <CardRow
          key={person.id}
          lead={<Face {...person} size={32} />}
          title={person.name}
          text={t('n_files', { count: n_files })}
          end={sizeInWords(n_bytes, currentLocale())}
        />
      ))}
    </RoomList>
  );
}
