import { useInfiniteQuery } from '@tanstack/react-query';
import { currentLocale } from '@/i18n/core';
import { sizeInWords } from '@/lib/size';
import { CardRow } from '@/ui/CardRow';
import { spaceRoomQuery } from '../queries';
import { useText } from '../strings';
import { RoomList } from './RoomList';

/** The spaces whose files take most, with all direct conversations as one. */
export function SpaceRooms() {
  const t = useText();
  const spaces = useInfiniteQuery(spaceRoomQuery);
  return (
    <RoomList title={t('by_space')} list={spaces} n={spaces.data?.length}>
      {spaces.data?.map((space) => (
        <CardRow
          key={space.space_id ?? 'direct'}
          title={space.space_id ? space.name : t('direct_conversations')}
          text={t('n_files', { count: space.n_files })}
          end={sizeInWords(space.n_bytes, currentLocale())}
        />
      ))}
    </RoomList>
  );
}
