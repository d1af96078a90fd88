import { beforeEach, expect, test } from 'vitest';
import { newKey, ownKey } from './whenKey';

beforeEach(() => localStorage.clear());

test('a browser keeps its key until somebody else answers', () => {
  const key = ownKey();
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(ownKey()).toBe(key);
  expect(newKey()).not.toBe(key);
  localStorage.setItem('antiphon.when', 'short');
  expect(ownKey()).toMatch(/^[\w-]{43}$/);
});
