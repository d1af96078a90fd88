import { useInfiniteQuery } from '@tanstack/react-query';
import { currentLocale } from '@/i18n/core';
import { sizeInWords } from '@/lib/size';
import { CardRow } from '@/ui/CardRow';
import { placeName } from '../model';
import { placeRoomQuery } from '../queries';
import { useText } from '../strings';
import { RoomList } from './RoomList';

/** The channels whose files take most. */
export function PlaceRooms() {
  const t = useText();
  const places = useInfiniteQuery(placeRoomQuery);
  return (
    <RoomList title={t('by_place')} list={places} n={places.data?.length}>
      {places.data?.map((place) => (
        <CardRow
          key={place.channel_id}
          title={placeName(place, t)}
          text={[place.space_name && t('in_space', { space: place.space_name }), t('n_files', { count: place.n_files })].filter(Boolean).join(' · ')}
          end={sizeInWords(place.n_bytes, currentLocale())}
        />
      ))}
    </RoomList>
  );
}
