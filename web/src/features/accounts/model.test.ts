import { expect, test } from 'vitest';
import type { Role } from '@/api/types';
import { canManage, findSettingsPage, invitationState } from './model';

test.each<[Role, Role, boolean]>([
  ['owner', 'owner', true],
  ['owner', 'guest', true],
  ['admin', 'owner', false],
  ['admin', 'admin', false],
  ['admin', 'member', true],
  ['member', 'guest', false],
])('%s may manage %s: %s', (mine, other, expected) => {
  expect(canManage({ id: 'me', role: mine }, { id: 'other', role: other })).toBe(expected);
});

test('nobody manages themselves', () => {
  expect(canManage({ id: 'me', role: 'owner' }, { id: 'me', role: 'owner' })).toBe(false);
});

test('a member has no page for people, an owner does', () => {
  expect([findSettingsPage('people', 'member', true), findSettingsPage('people', 'owner', false)]).toEqual([undefined, 'people']);
});

test.each([
  [{ revoked: true, n_uses: 0, max_uses: 1, expires_at: 9 }, 'revoked'],
  [{ revoked: false, n_uses: 1, max_uses: 1, expires_at: 9 }, 'used'],
  [{ revoked: false, n_uses: 0, max_uses: 1, expires_at: 5 }, 'expired'],
  [{ revoked: false, n_uses: 0, max_uses: 1, expires_at: 9 }, 'open'],
])('invitation %o is %s', (invitation, expected) => {
  expect(invitationState(invitation, 5)).toBe(expected);
});
