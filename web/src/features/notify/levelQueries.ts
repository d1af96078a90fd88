/** How much I want to be told of, where. The events say what other devices chose. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, LevelList, ToldLevel } from '@/api/types';
import type { LevelPlace } from '@/lib/levelDialog';
import { findStart, startQuery, updateStart } from '@/realtime/start';

/** All places for which I have said it, by name. */
export function useLevels() {
  return useQuery({ queryKey: ['levels'], queryFn: ({ signal }) => api.get<LevelList>('/api/levels', {}, { signal }) });
}

export type Place = LevelPlace | 'everywhere';

/** Shown at once, taken back if the server refuses; null: as it is around the place. */
export function useChooseLevel(place: Place) {
  const cache = useQueryClient();
  const id = place === 'everywhere' ? (findStart(cache)?.me.id ?? '') : place.id;
  return useMutation({
    mutationFn: (level: ToldLevel | null) => api.put<void>(pathOf(place), { level }),
    onMutate: (level) => {
      const before = findStart(cache)?.levels[id] ?? null;
      updateStart(cache, (start) => ({ ...start, levels: withLevel(start.levels, id, level) }));
      return before;
    },
    onError: (_error, _level, before = null) => updateStart(cache, (start) => ({ ...start, levels: withLevel(start.levels, id, before) })),
    onSuccess: () => Promise.all([cache.invalidateQueries({ queryKey: ['levels'] }), cache.invalidateQueries({ queryKey: startQuery.queryKey })]),
  });
}

function pathOf(place: Place): string {
  if (place === 'everywhere') return '/api/levels';
  if (place.kind === 'topic') return `/api/channels/${place.channel_id}/topics/${place.id}/level`;
  return place.kind === 'space' ? `/api/spaces/${place.id}/level` : `/api/channels/${place.id}/level`;
}

function withLevel(levels: Readonly<Record<Id, ToldLevel>>, id: Id, level: ToldLevel | null): Record<Id, ToldLevel> {
  const { [id]: _, ...others } = levels;
  return level ? { ...others, [id]: level } : others;
}
