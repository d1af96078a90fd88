import { expect, it } from 'vitest';
import { makeMessage, makeTopic } from '@/testing/fakeWorld';
import { MAX_MOVED, movableFrom } from './moving';

const say = (seq: number, more: object = {}) =>
  makeMessage({ id: `m${seq}`, channel_id: 'c', seq, author_id: 'ada', text: 'x', at: seq, ...more });

it('takes the message and what follows, but neither deleted ones nor beginnings of topics', () => {
  const topic = makeTopic({ channel_id: 'c', title: 'Trip', origin: say(4) });
  const messages = [say(1), say(2), say(3, { deleted: true }), say(4, { topic }), say(5)];
  expect(movableFrom(messages, say(2))).toEqual(['m2', 'm5']);
});

it('takes no more than the server does', () => {
  const messages = Array.from({ length: 150 }, (_, idx) => say(idx + 1));
  expect(movableFrom(messages, say(1))).toHaveLength(MAX_MOVED);
});
