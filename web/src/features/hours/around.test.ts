import { describe, expect, it } from 'vitest';
import { common, dayOf, nextCommon, placeIn, within } from './around';

const hour = 3_600_000_000;
const day = dayOf(Date.UTC(2026, 10, 26, 10) * 1000);
const at = (hours: number) => day.from + hours * hour;

describe('hours on my own clock', () => {
  it('draws what of somebody’s hours lies in my day', () => {
    expect(within([[at(-3), at(2)], [at(20), at(29)], [at(30), at(40)]], day)).toEqual([[at(0), at(2)], [at(20), at(24)]]);
    expect([at(-1), at(0), at(6), at(24), at(30)].map((moment) => placeIn(day, moment))).toEqual([0, 0, 0.25, 1, 1]);
  });

  it('finds when all are there', () => {
    const all = [[[at(9), at(17)]], [[at(6), at(10)], [at(16), at(20)]], [[at(0), at(24)]]] as [number, number][][];
    expect(common(all)).toEqual([[at(9), at(10)], [at(16), at(17)]]);
    expect(nextCommon(all, at(9.5))).toEqual({ when: 'now', until: at(10) });
    expect(nextCommon(all, at(9.9))).toEqual({ when: 'today', from: at(16), until: at(17) });
    expect(nextCommon(all, at(18))).toEqual({ when: 'never' });
    expect(nextCommon([[[at(33), at(41)]]], at(18))).toEqual({ when: 'later', from: at(33), until: at(41) });
    expect(nextCommon([], at(18))).toEqual({ when: 'never' });
  });
});
