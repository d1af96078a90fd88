import { describe, expect, it } from 'vitest';
import { barsOf, boxOf, decodePeaks, encodePeaks, placeholderUrl, timeInDigits } from './model';

describe('a file in words', () => {
  it.each([
    [0, '0:00'],
    [65.4, '1:05'],
    [3_729, '1:02:09'],
  ])('%d seconds are %s', (seconds, digits) => expect(timeInDigits(seconds)).toBe(digits));
});

describe('the box of a picture', () => {
  it.each([
    [4_000, 3_000, { width: 400, height: 300 }],
    [1_000, 4_000, { width: 80, height: 320 }],
    [100, 50, { width: 100, height: 50 }],
    [8_000, 10, { width: 400, height: 44 }],
    [null, null, { width: 400, height: 225 }],
  ])('of %s × %s', (width, height, box) => expect(boxOf({ width, height })).toEqual(box));
});

describe('the placeholder', () => {
  it('becomes a bitmap of its colours', () => {
    // 2 × 1: pure red, pure blue.
    const url = placeholderUrl(btoa(String.fromCharCode(2, 1, 0xf8, 0x00, 0x00, 0x1f)));
    const bytes = [...atob(url?.split(',')[1] ?? '')].map((char) => char.charCodeAt(0));
    expect(bytes.slice(0, 2)).toEqual([0x42, 0x4d]);
    expect(bytes.slice(54, 60)).toEqual([0, 0, 255, 255, 0, 0]);
  });

  it('is left out when it is broken', () => {
    expect(placeholderUrl(null)).toBeNull();
    expect(placeholderUrl(btoa('\x06\x04abc'))).toBeNull();
  });
});

describe('a waveform', () => {
  it('shows the loudest moment of each bar', () => {
    expect(barsOf(Float32Array.from([0, 0.1, -0.5, 0.2, 0.25, 0]), 3)).toEqual([expect.closeTo(0.2), 1, 0.5]);
    expect(barsOf(new Float32Array(8), 4)).toEqual([0, 0, 0, 0]);
  });

  it('travels as one character a bar', () => {
    const peaks = encodePeaks([0, 0.5, 1]);
    expect(peaks).toBe('0vZ');
    expect(decodePeaks(peaks).map((bar) => Math.round(bar * 100))).toEqual([0, 51, 100]);
  });
});
