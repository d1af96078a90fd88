/**
 * The people this browser has heard of, one cache entry each, so that a rename redraws only the rows that show that person.
 * Strangers are asked for in one request per moment, whatever the number of rows that named them.
 */
import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, Person, PersonPage } from '@/api/types';
import type { EventTable } from '@/realtime/events';

/** As many as fit a page of the server. */
const MAX_IDS = 100;
const WAIT_MS = 15;

export const personQuery = (id: Id) =>
  queryOptions({
    queryKey: ['person', id],
    queryFn: () => fetchSoon(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** The person, or `undefined` while unknown. */
export function usePerson(id: Id): Person | undefined {
  return useQuery(personQuery(id)).data;
}

export function putPeople(cache: QueryClient, people: readonly Person[]): void {
  for (const person of people) cache.setQueryData(personQuery(person.id).queryKey, person);
}

export function findPerson(cache: QueryClient, id: Id): Person | undefined {
  return cache.getQueryData(personQuery(id).queryKey);
}

/** Everybody known here: what a mention can be completed from without asking. */
export function listKnownPeople(cache: QueryClient): Person[] {
  return cache.getQueriesData<Person>({ queryKey: ['person'] }).flatMap(([, person]) => (person ? [person] : []));
}

export const peopleEvents: EventTable = {
  'person.joined': (cache, event) => putPeople(cache, [event.body.person]),
  'person.changed': (cache, event) => putPeople(cache, [event.body.person]),
};

type Waiting = { resolve: (person: Person) => void; reject: (error: unknown) => void };
let waiting = new Map<Id, Waiting[]>();

function fetchSoon(id: Id): Promise<Person> {
  return new Promise((resolve, reject) => {
    if (waiting.size === 0) setTimeout(() => void fetchWaiting(), WAIT_MS);
    waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
  });
}

async function fetchWaiting(): Promise<void> {
  const batch = [...waiting];
  waiting = new Map();
  for (let idx = 0; idx < batch.length; idx += MAX_IDS) await fetchBatch(batch.slice(idx, idx + MAX_IDS));
}

async function fetchBatch(batch: [Id, Waiting[]][]): Promise<void> {
  try {
    const page = await api.get<PersonPage>('/api/people', { ids: batch.map(([id]) => id).join(','), limit: MAX_IDS });
    const found = new Map(page.items.map((person) => [person.id, person]));
    for (const [id, askers] of batch) {
      const person = found.get(id);
      for (const asker of askers) person ? asker.resolve(person) : asker.reject(new Error(`no person ${id}`));
    }
  } catch (error) {
    for (const [, askers] of batch) for (const asker of askers) asker.reject(error);
  }
}
