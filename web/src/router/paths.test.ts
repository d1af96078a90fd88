import { expect, test } from 'vitest';
import { hrefOf, matchPath, parseSearch } from './paths';

test.each([
  ['/', '/', {}],
  ['/c/1', '/c/$channelId', { channelId: '1' }],
  ['/c/1/', '/c/$channelId', { channelId: '1' }],
  ['/c/1/topics', '/c/$channelId/topics', { channelId: '1' }],
  ['/c/1/files', '/c/$channelId/files', { channelId: '1' }],
  ['/c/1/t/2', '/c/$channelId/t/$topicId', { channelId: '1', topicId: '2' }],
  ['/search', '/search', {}],
  ['/people/a%20b', '/people/$personId', { personId: 'a b' }],
  ['/people/%E0%A4%A', '/people/$personId', { personId: '%E0%A4%A' }],
])('%s is %s', (pathname, path, params) => {
  expect(matchPath(pathname)).toEqual({ path, params });
});

test.each(['/c', '/c//t/2', '/nowhere', '/c/1/t/2/3', ''])('%s is no place', (pathname) => {
  expect(matchPath(pathname)).toBeNull();
});

test('an address is written back as it was read', () => {
  expect(hrefOf({ to: '/c/$channelId', params: { channelId: 'a/b' }, search: { about: true }, hash: 'm-1' })).toBe('/c/a%2Fb?about=true#m-1');
  expect(hrefOf({ to: '/search', search: { q: 'a b from:"Ada"', sort: 'best' } })).toBe('/search?q=a+b+from%3A%22Ada%22&sort=best');
  expect(hrefOf({ to: '/browse/$spaceId', params: { spaceId: '1' }, search: { tab: 'members' } })).toBe('/browse/1?tab=members');
});

test('only known words after the question mark are heard', () => {
  expect(parseSearch('?about=true&tab=evil&x=1')).toEqual({ about: true });
  expect(parseSearch('?tab=settings')).toEqual({ tab: 'settings' });
  expect(parseSearch('?q=a+b%26c&sort=best')).toEqual({ q: 'a b&c', sort: 'best' });
  expect(parseSearch('?q=&sort=worst')).toEqual({});
});
