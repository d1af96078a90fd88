import { expect, test, vi } from 'vitest';
import { aChannel, aMe, aPerson, aSpace, aStart } from '@/testing/things';
import { findTargets, groupTargets, listTargets } from './jump';

vi.stubGlobal('navigator', { languages: ['en'] });

const me = aMe({ id: 'me', name: 'Noor Aziz' });
const ines = aPerson({ id: 'ines', name: 'Inês Duarte' });
const start = aStart({
  me,
  spaces: [aSpace({ id: 'bio', name: 'Biology' })],
  channels: [
    aChannel({ id: 'general', name: 'general', space_id: 'bio' }),
    aChannel({ id: 'lab', name: 'week-4-lab', space_id: 'bio', n_unread: 2 }),
    aChannel({ id: 'old', name: 'old', archived: true }),
    aChannel({ id: 'direct', kind: 'direct', name: '', people: ['me', 'ines'] }),
  ],
});
const omar = aPerson({ id: 'omar', name: 'Omar Haddad' });
const targets = listTargets(start, [me, ines, omar]);
const find = (text: string) => findTargets(targets, text).map((target) => target.id);

test('what is unread comes first while nothing is typed', () => {
  expect(find('')).toEqual(['lab', 'general', 'direct', 'omar']);
});

test('accents and case do not matter', () => {
  expect(find('INES')).toEqual(['direct']);
});

test('a word inside the name is found', () => {
  expect(find('lab')).toEqual(['lab']);
  expect(find('#gen')).toEqual(['general']);
});

test('a group is found by its handle', () => {
  const crew = { id: 'crew', handle: 'night-crew', title: 'Night crew', space_id: null, open: false, n_members: 2, is_member: true, can_manage: false };
  expect(findTargets(groupTargets([crew]), '@crew').map(({ kind, id, where }) => [kind, id, where])).toEqual([['group', 'crew', 'Night crew']]);
});

test('nobody jumps to themselves or to an archived channel', () => {
  expect(find('noor')).toEqual([]);
  expect(find('old')).toEqual([]);
});
