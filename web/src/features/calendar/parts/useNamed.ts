import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Id, Person } from '@/api/types';
import { personQuery } from '@/realtime/people';

/** Brings those in who were named by id, once they are known; who cannot be found is left out. */
export function useNamed(ids: readonly Id[] | undefined, onPeople: (people: Person[]) => void): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (!ids || ids.length === 0) return;
    let isOver = false;
    void Promise.all(ids.map((id) => cache.fetchQuery(personQuery(id)).catch(() => null))).then((found) => {
      if (!isOver) onPeople(found.filter((person) => person !== null));
    });
    return () => {
      isOver = true;
    };
  }, [ids, cache, onPeople]);
}
