import { useQueries } from '@tanstack/react-query';
import type { Id } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { personQuery } from '@/realtime/people';

/** "Ana and Ben", as far as they are known. */
export function useNames(ids: readonly Id[]): string {
  return useQueries({
    queries: ids.map(personQuery),
    combine: (people) => new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(people.flatMap(({ data }) => data?.name ?? [])),
  });
}
