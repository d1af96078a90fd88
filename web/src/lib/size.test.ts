import { describe, expect, it } from 'vitest';
import { sizeInWords } from './size';

describe('a size in words', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [1_449_000, '1.4 MB'],
    [25_400_000, '25 MB'],
    [3_000_000_000, '3 GB'],
  ])('%d bytes are %s', (size_bytes, words) => expect(sizeInWords(size_bytes, 'en')).toBe(words));
});
