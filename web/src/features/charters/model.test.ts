import { expect, it, vi } from 'vitest';
import { pacesFor, sayExpected, sayPace } from './model';
import { text } from './strings';

vi.stubGlobal('navigator', { language: 'en', languages: ['en'] });

it('says paces as people say them', () => {
  const said = [
    { clock: 'working', minutes: 240 },
    { clock: 'working', minutes: 960 },
    { clock: 'working', minutes: 90 },
    { clock: 'elapsed', minutes: 60 },
    { clock: 'elapsed', minutes: 15 },
  ] as const;
  expect(said.map((pace) => sayPace(pace, text))).toEqual(['4 working hours', '2 working days', '90 working minutes', '1 hour', '15 minutes']);
});

it('says what holds in one line', () => {
  const of = (clock: 'working' | 'elapsed', minutes: number) => ({ pace: { clock, minutes }, from: 'default' as const });
  const tells_hosts = { is_on: false, from: 'default' as const };
  expect(sayExpected({ normal: of('working', 240), feedback: of('working', 960), urgent: of('elapsed', 60), tells_hosts }, text)).toBe(
    'Answers within 4 working hours · urgent: 1 hour',
  );
});

it('offers what is said already', () => {
  expect(pacesFor('urgent', { clock: 'elapsed', minutes: 45 }).at(-1)?.minutes).toBe(45);
  expect(pacesFor('normal', { clock: 'working', minutes: 240 })).toHaveLength(7);
});
