import type { QueryClient } from '@tanstack/react-query';
import type { Id } from '@/api/types';
import { findGroupName } from '@/realtime/groups';
import { findPerson } from '@/realtime/people';

/** What stands after the `@` of a mention of this id, as far as it is known here. A group's id has an `&` in front. */
export function findMentioned(cache: QueryClient, id: Id): string | undefined {
  return id.startsWith('&') ? findGroupName(cache, id.slice(1))?.handle : findPerson(cache, id)?.name;
}
