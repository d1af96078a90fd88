import { expect, test } from 'vitest';
import { writeText } from '@/lib/storage';
import { newKey, ownKey } from './whenKey';

test('a browser keeps its key until somebody else answers', () => {
  const key = ownKey();
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(ownKey()).toBe(key);
  expect(newKey()).not.toBe(key);
  writeText('antiphon.when', 'short');
  expect(ownKey()).toMatch(/^[\w-]{43}$/);
});
