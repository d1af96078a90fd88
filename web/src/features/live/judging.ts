/** What was found when line and devices were tried, in words. Plain data. */
import type { Findings } from './engine/trial';
import type english from './strings.en.json';

export type Verdict = {
  about: 'mic' | 'camera' | 'way' | 'delay' | 'line';
  how: 'good' | 'fair' | 'bad';
  words: keyof typeof english;
  values: Record<string, number>;
};

/** What a picture, and what a voice needs, in kbit/s. */
const PICTURE_KBPS = 700;
const VOICE_KBPS = 60;
/** There and back: above the first people begin to interrupt each other, above the second they give up; in ms. */
const SLOW_MS = 300;
const VERY_SLOW_MS = 800;
/** Lost packets, in percent, from which on one hears it. */
const LOSSY = 5;

export function judge(found: Findings): Verdict[] {
  const verdicts: Verdict[] = [
    { about: 'mic', how: found.mic === 'heard' ? 'good' : found.mic === 'silent' ? 'fair' : 'bad', words: `test_mic_${found.mic}`, values: {} },
    { about: 'camera', how: found.camera === 'there' ? 'good' : 'fair', words: `test_camera_${found.camera}`, values: {} },
    { about: 'way', how: found.way === null ? 'bad' : found.way === 'udp' ? 'good' : 'fair', words: `test_way_${found.way ?? 'none'}`, values: { ms: found.connect_ms } },
  ];
  if (found.way === null) return verdicts;
  if (found.round_trip_ms !== null) {
    const ms = found.round_trip_ms;
    verdicts.push({ about: 'delay', how: ms < SLOW_MS ? 'good' : ms < VERY_SLOW_MS ? 'fair' : 'bad', words: ms < SLOW_MS ? 'test_delay_good' : 'test_delay_slow', values: { ms } });
  }
  const [kbps, lost] = [found.up_kbps ?? 0, found.lost_percent ?? 0];
  if (lost >= LOSSY) verdicts.push({ about: 'line', how: 'fair', words: 'test_line_lossy', values: { lost, kbps } });
  else if (kbps >= PICTURE_KBPS) verdicts.push({ about: 'line', how: 'good', words: 'test_line_picture', values: { kbps } });
  else verdicts.push({ about: 'line', how: kbps >= VOICE_KBPS ? 'fair' : 'bad', words: kbps >= VOICE_KBPS ? 'test_line_voice' : 'test_line_bad', values: { kbps } });
  return verdicts;
}
