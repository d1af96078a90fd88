import { describe, expect, it } from 'vitest';
import type { Findings } from './engine/trial';
import { judge } from './judging';

const fine: Findings = { mic: 'heard', camera: 'there', way: 'udp', connect_ms: 120, round_trip_ms: 20, up_kbps: 2500, lost_percent: 0 };
const of = (found: Partial<Findings>, about: string) => judge({ ...fine, ...found }).find((verdict) => verdict.about === about);

describe('what was found when line and devices were tried', () => {
  it('is good where nothing is wrong', () => {
    expect(judge(fine).map(({ how }) => how)).toEqual(['good', 'good', 'good', 'good', 'good']);
  });

  it('says what is wrong with the microphone', () => {
    expect(of({ mic: 'silent' }, 'mic')).toMatchObject({ how: 'fair', words: 'test_mic_silent' });
    expect(of({ mic: 'refused' }, 'mic')).toMatchObject({ how: 'bad', words: 'test_mic_refused' });
  });

  it('says which way packets take, and nothing of a line that is not there', () => {
    expect(of({ way: 'tcp' }, 'way')).toMatchObject({ how: 'fair', words: 'test_way_tcp' });
    expect(judge({ ...fine, way: null }).map(({ about }) => about)).toEqual(['mic', 'camera', 'way']);
  });

  it('says what the line is enough for', () => {
    expect(of({ up_kbps: 300 }, 'line')).toMatchObject({ how: 'fair', words: 'test_line_voice' });
    expect(of({ up_kbps: 20 }, 'line')).toMatchObject({ how: 'bad', words: 'test_line_bad' });
    expect(of({ lost_percent: 8 }, 'line')).toMatchObject({ how: 'fair', words: 'test_line_lossy', values: { lost: 8, kbps: 2500 } });
    expect(of({ round_trip_ms: 900 }, 'delay')).toMatchObject({ how: 'bad', words: 'test_delay_slow' });
  });
});
