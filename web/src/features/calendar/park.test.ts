import { expect, test } from 'vitest';
import type { ChannelRow, Meeting } from '@/api/types';
import { parkedText, placesOf } from './park';

const heads = { stands: 'Where we stand', open: 'What is open' };

test('what is empty is left out, and the questions are counted', () => {
  expect(parkedText({ stands: ' Two ropes are there. ', open: 'Who buys the third?\n\n Who brings it? ' }, heads)).toBe(
    '**Where we stand**\n\nTwo ropes are there.\n\n**What is open**\n\n1. Who buys the third?\n2. Who brings it?',
  );
  expect(parkedText({ stands: '', open: 'Who?' }, heads)).toBe('**What is open**\n\n1. Who?');
  expect(parkedText({ stands: ' ', open: '\n' }, heads)).toBe('');
});

test('it is written in the channel of the meeting, or where one may', () => {
  const row = (id: string, space_id: string, can_post = true) => ({ id, space_id, can_post, is_member: true, archived: false }) as ChannelRow;
  const rows = [row('a', 'red'), row('b', 'blue'), row('news', 'blue', false)];
  const at = (channel_id: string | null, space_id: string | null = null) => placesOf({ channel_id, space_id } as Meeting, rows).map(({ id }) => id);
  expect(at('a')).toEqual(['a']);
  expect(at('news')).toEqual(['a', 'b']);
  expect(at(null)).toEqual(['a', 'b']);
  expect(at(null, 'blue')).toEqual(['b']);
  expect(at(null, 'green')).toEqual(['a', 'b']);
});
