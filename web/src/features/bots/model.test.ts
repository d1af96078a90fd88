import { expect, test } from 'vitest';
import { allEvents, eventKey, hostOf } from './model';

test('events have words', () => {
  expect(allEvents.map(eventKey)).toContain('event_message_posted');
});

test('an address is shown by its host', () => {
  expect(hostOf('https://ci.example.org/in/secret')).toBe('ci.example.org');
  expect(hostOf('not an address')).toBe('not an address');
});
