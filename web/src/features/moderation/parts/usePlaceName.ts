import type { ModeratedPlace } from '@/api/types';
import { placeKey } from '../model';
import { useText } from '../strings';

/** "#general", or in words what kind of place it is. */
export function usePlaceName(): (place: ModeratedPlace) => string {
  const t = useText();
  return (place) => {
    const key = placeKey(place);
    return key ? t(key) : `#${place.name}`;
  };
}
