import { describe, expect, it } from 'vitest';
import { addressOf, midnight, percentOf, type Wish } from './model';

const wish: Wish = { format: 'csv', period: 'all', firstDay: '', lastDay: '', timeZone: 'Europe/Lisbon', pseudonyms: false };

describe('the address of a transcript', () => {
  it('says what is wanted and no more', () => {
    expect(addressOf('c1', null, wish, 0)).toBe('/api/channels/c1/transcript?format=csv&time_zone=Europe%2FLisbon');
    expect(addressOf('c1', 't1', { ...wish, pseudonyms: true }, 0)).toContain('&topic=t1&pseudonyms=true');
  });

  it('counts days back from now', () => {
    const now = Date.UTC(2026, 10, 26) * 1000;
    expect(addressOf('c1', null, { ...wish, period: 'week' }, now)).toContain(`after=${Date.UTC(2026, 10, 19) * 1000}`);
  });

  it('needs two days in order', () => {
    const dates: Wish = { ...wish, period: 'dates', firstDay: '2026-03-02', lastDay: '2026-03-01' };
    expect(addressOf('c1', null, dates, 0)).toBeNull();
    expect(addressOf('c1', null, { ...dates, lastDay: '' }, 0)).toBeNull();
    expect(addressOf('c1', null, { ...dates, lastDay: '2026-03-02' }, 0)).toContain(`before=${Date.UTC(2026, 2, 3) * 1000}`);
  });
});

describe('midnight', () => {
  it.each([
    ['2026-07-01', 'Europe/Lisbon', 0, '2026-06-30T23:00:00Z'],
    ['2026-07-01', 'Asia/Tokyo', 1, '2026-07-01T15:00:00Z'],
    ['2026-03-29', 'Europe/Berlin', 1, '2026-03-29T22:00:00Z'],
    ['2026-11-01', 'America/New_York', 0, '2026-11-01T04:00:00Z'],
    ['2026-11-01', 'America/New_York', 1, '2026-11-02T05:00:00Z'],
  ])('of %s in %s after %i days', (day, zone, n_after, expected) => {
    expect(midnight(day, zone, n_after)).toBe(Date.parse(expected) * 1000);
  });
});

describe('an export of the workspace', () => {
  it('tells how far it is and how large', () => {
    const made = { id: 'x', person_id: 'p', state: 'running' as const, size_bytes: null, created_at: 0, expires_at: 0 };
    expect(percentOf({ ...made, n_rows: 1, n_rows_total: 4 }, 'en')).toBe('25%');
    expect(percentOf({ ...made, n_rows: 0, n_rows_total: 0 }, 'en')).toBe('0%');
    expect(percentOf({ ...made, n_rows: 9, n_rows_total: 4 }, 'en')).toBe('100%');
  });
});
