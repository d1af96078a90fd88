import { expect, test } from 'vitest';
import { nextPath } from './sheet';

test.each([
  ['?next=/c/1?about=true', '/c/1?about=true'],
  ['', '/'],
  ['?next=//evil.example', '/'],
  ['?next=/%5Cevil.example', '/'],
  ['?next=https://evil.example', '/'],
  ['?next=javascript:alert(1)', '/'],
])('after sign-in %s leads to %s', (search, path) => {
  expect(nextPath(search)).toBe(path);
});
