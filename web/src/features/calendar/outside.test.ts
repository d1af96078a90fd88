import { expect, test } from 'vitest';
import { guestsOf, wrongGuest } from './outside';

test('each line is one person outside, with a name or without', () => {
  expect(guestsOf(' eve@x.example \n\nEve Out <eve@x.example>\n"O, Paul" <paul@x.example>\n<a@x.example>\nEve <')).toEqual([
    { name: '', address: 'eve@x.example' },
    { name: 'Eve Out', address: 'eve@x.example' },
    { name: 'O, Paul', address: 'paul@x.example' },
    { name: '', address: 'a@x.example' },
    { name: '', address: 'Eve <' },
  ]);
});

test('what is wrong names its line', () => {
  expect(wrongGuest({ 'guests/1/address': 'is no mail address' })).toEqual({ n: 2, detail: 'is no mail address' });
  expect(wrongGuest({ guests: 'at most 20 people outside' })).toEqual({ n: null, detail: 'at most 20 people outside' });
  expect(wrongGuest({ 'people/1': 'x' })).toBe(null);
});
