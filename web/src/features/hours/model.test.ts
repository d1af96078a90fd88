import { describe, expect, it } from 'vitest';
import { clockOf, drawn, formatMoment, minutesOf, nextStretch, onWorkdays, weekOrder, withDay } from './model';

const line = (weekday: number, from_min: number, to_min: number) => ({ weekday, from_min, to_min });

describe('weeks', () => {
  it('writes and reads the times of a day', () => {
    expect([0, 61, 1439, 1440].map(clockOf)).toEqual(['00:00', '01:01', '23:59', '00:00']);
    expect(['00:00', '09:30', '', '9:30'].map(minutesOf)).toEqual([0, 570, null, null]);
  });

  it('changes one day, or all workdays after one', () => {
    const week = [line(1, 540, 1020), line(6, 600, 660)];
    expect(withDay(week, 1, [])).toEqual([line(6, 600, 660)]);
    expect(onWorkdays(week, 6).filter(({ from_min }) => from_min === 600)).toHaveLength(6);
    expect(onWorkdays(week, 7)).toEqual([line(6, 600, 660)]);
  });

  it('adds what comes after', () => {
    expect(nextStretch([])).toEqual({ from_min: 540, to_min: 1020 });
    expect(nextStretch([line(1, 540, 720)])).toEqual({ from_min: 780, to_min: 900 });
    expect(nextStretch([line(1, 1320, 360)])).toEqual({ from_min: 1380, to_min: 1440 });
  });

  it('draws a night on both of its days', () => {
    const night = [line(7, 1320, 360), line(1, 540, 1440)];
    expect(drawn(night, 7)).toEqual([{ from_min: 1320, to_min: 1440 }]);
    expect(drawn(night, 1)).toEqual([
      { from_min: 0, to_min: 360 },
      { from_min: 540, to_min: 1440 },
    ]);
    expect(drawn([line(7, 1320, 0)], 1)).toEqual([]);
  });

  it('begins weeks where the language does', () => {
    expect(weekOrder('de')[0]).toBe(1);
    expect(new Set(weekOrder('ar-EG')).size).toBe(7);
  });

  it('says the day only when it is another one there', () => {
    const at = (text: string) => Date.parse(text) * 1000;
    const said = (moment: string) => formatMoment(at(moment), at('2026-11-24T20:00Z'), 'en-GB', 'Europe/Berlin');
    expect(said('2026-11-24T21:30Z')).toBe('22:30');
    expect(said('2026-11-25T08:00Z')).toBe('Wed 09:00');
    expect(said('2026-12-24T08:00Z')).toBe('24 Dec, 09:00');
  });
});
