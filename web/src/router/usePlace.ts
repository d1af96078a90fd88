import { use } from 'react';
import type { Place } from './location';
import type { Params } from './paths';
import { PlaceContext } from './placeContext';

export function usePlace(): Place {
  return use(PlaceContext);
}

/** What the address names, such as `channelId`; absent where the path has no such part. */
export function useParams(): Params {
  return usePlace().match?.params ?? {};
}
