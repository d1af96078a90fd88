import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { EventBodies, EventKind, ServerEvent } from '@/api/types';
import { applyWith } from '@/realtime/events';
import { findPerson } from '@/realtime/people';
import { findStart, startQuery } from '@/realtime/start';
import { aMe, aStart } from '@/testing/things';
import { accountsEvents } from './events';

const me = aMe({ id: 'me', name: 'Noor', email: 'noor@example.org' });

function after<Kind extends EventKind>(kind: Kind, body: EventBodies[Kind]) {
  const cache = new QueryClient();
  cache.setQueryData(startQuery.queryKey, aStart({ me }));
  const event = { type: 'event', scope: 'me', seq: 2, at: 0, actor: null, kind, body } as ServerEvent;
  applyWith(accountsEvents, cache, event);
  applyWith(accountsEvents, cache, event);
  return cache;
}

test('my change on another device shows here, for me and for rows with my name', () => {
  const cache = after('me.changed', { me: { ...me, name: 'Noor Aziz' } });
  expect([findStart(cache)?.me.name, findPerson(cache, 'me')?.name]).toEqual(['Noor Aziz', 'Noor Aziz']);
});

test('a new role given to me by an administrator keeps my mail address', () => {
  const { email, onboarded, ...person } = me;
  const cache = after('person.changed', { person: { ...person, role: 'admin' } });
  expect(findStart(cache)?.me).toEqual({ ...me, role: 'admin' });
  expect([email, onboarded]).toEqual(['noor@example.org', true]);
});

test('a renamed workspace is renamed everywhere', () => {
  const cache = after('workspace.changed', { workspace: { id: 'w', name: 'Lakeside' } });
  expect(findStart(cache)?.workspace.name).toBe('Lakeside');
});
