import { useQueries } from '@tanstack/react-query';
import type { Id, Person } from '@/api/types';
import { personQuery } from '@/realtime/people';

/** Those of them whom the server knows, in their order. */
export function useKnownPeople(ids: readonly Id[]): Person[] {
  return useQueries({ queries: ids.map((id) => personQuery(id)) }).flatMap(({ data }) => (data ? [data] : []));
}
