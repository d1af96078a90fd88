import { expect, test } from 'vitest';
import { fieldsOf, momentOf, moments, nextStart, presets } from './model';

const at = (text: string) => new Date(text).getTime() * 1000;

test('tomorrow and the next Monday are offered, and one of them where they are the same', () => {
  expect(presets(at('2026-11-26T16:30'))).toEqual([
    { key: 'tomorrow', due_at: at('2026-11-27T09:00') },
    { key: 'monday', due_at: at('2026-11-30T09:00') },
  ]);
  expect(presets(at('2026-11-29T23:59'))).toEqual([{ key: 'tomorrow', due_at: at('2026-11-30T09:00') }]);
  expect(presets(at('2026-11-30T08:00')).map(({ due_at }) => due_at)).toEqual([at('2026-12-01T09:00'), at('2026-12-07T09:00')]);
});

test('a day of theirs begins where their work begins', () => {
  const work = [[10, 20], [30, 40]] as const;
  expect([nextStart(work, 0), nextStart(work, 10), nextStart(work, 15), nextStart(work, 30)]).toEqual([10, 30, 30, null]);
});

test('a moment goes into fields and comes back', () => {
  const moment = at('2027-02-03T04:05');
  const { day, time } = fieldsOf(moment);
  expect([day, time]).toEqual(['2027-02-03', '04:05']);
  expect(momentOf(day, time)).toBe(moment);
  expect([momentOf('', '09:00'), momentOf('2027-02-03', ''), momentOf('x', 'y')]).toEqual([null, null, null]);
});

test('one is told again in an hour, later today, or when the next day of work begins', () => {
  const work = [
    [at('2026-11-26T09:00'), at('2026-11-26T17:00')],
    [at('2026-11-27T10:00'), at('2026-11-27T17:00')],
  ] as const;
  expect(moments(at('2026-11-26T10:00'), work)).toEqual([
    { key: 'hour', at: at('2026-11-26T11:00') },
    { key: 'afternoon', at: at('2026-11-26T14:00') },
    { key: 'next_day', at: at('2026-11-27T10:00') },
  ]);
  expect(moments(at('2026-11-26T16:00'), []).map(({ key }) => key)).toEqual(['hour', 'evening', 'tomorrow']);
  expect(moments(at('2026-11-26T17:00'), []).map(({ key }) => key)).toEqual(['hour', 'tomorrow']);
});
