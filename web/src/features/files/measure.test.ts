import { describe, expect, it } from 'vitest';
import { measure } from './measure';

const number = (value: number, n_bytes = 4) => Array.from({ length: n_bytes }, (_, idx) => Math.floor(value / 256 ** (n_bytes - 1 - idx)) % 256);
const part = (name: string, ...bytes: number[][]) => {
  const body = bytes.flat();
  return [...number(body.length + 8), ...[...name].map((char) => char.charCodeAt(0)), ...body];
};
const none = (n: number) => Array.from({ length: n }, () => 0);
const length = part('mvhd', none(12), number(600), number(39_000), none(80));
const track = (isTurned: boolean, width: number, height: number) =>
  part('trak', part('tkhd', none(40), number(isTurned ? 0 : 65_536), none(32), number(width * 65_536), number(height * 65_536)));
const file = (bytes: number[], type = 'video/mp4') => new File([new Uint8Array(bytes)], 'film.mp4', { type });
const brand = part('ftyp', none(8));

describe('a film', () => {
  it('says how long and how large it is, wherever its head stands', async () => {
    const head = part('moov', length, track(false, 0, 0), track(false, 1920, 1080));
    const expected = { duration_ms: '65000', width: '1920', height: '1080' };
    expect(await measure(file([...brand, ...head, ...part('mdat', none(99))]))).toEqual(expected);
    expect(await measure(file([...brand, ...part('mdat', none(99)), ...head]))).toEqual(expected);
  });

  it('that was taken upright is upright', async () => {
    expect(await measure(file([...brand, ...part('moov', length, track(true, 1920, 1080))]))).toMatchObject({ width: '1080', height: '1920' });
  });

  it('may be long in 64 bits, and sound has no size', async () => {
    const long = part('mvhd', [1], none(19), number(1000), number(5_000, 8), none(80));
    expect(await measure(file([...brand, ...part('moov', long, track(false, 0, 0))], 'audio/mp4'))).toEqual({ duration_ms: '5000' });
  });

  it('that is broken, cut or something else says nothing', async () => {
    const whole = [...brand, ...part('moov', length, track(false, 8, 8))];
    for (let n = 0; n < whole.length - 1; n += 3) await measure(file(whole.slice(0, n)));
    expect(await measure(file(none(64)))).toEqual({});
    expect(await measure(file([...number(3), ...none(60)]))).toEqual({});
    expect(await measure(file([...brand, ...part('moov', part('mvhd', none(12), number(0), number(5), none(80)))]))).toEqual({});
    expect(await measure(file(whole, 'text/plain'))).toEqual({});
  });
});
