import { describe, expect, test } from 'vitest';
import { bytesOf, refusalOf, textOf } from './passkeys';

describe('passkeys', () => {
  test('bytes become base64url and back', () => {
    for (const bytes of [[], [0], [251, 255, 254], [1, 2, 3, 4, 5]]) {
      const text = textOf(Uint8Array.from(bytes).buffer);
      expect(text).not.toMatch(/[+/=]/);
      expect([...bytesOf(text)]).toEqual(bytes);
    }
    expect(textOf(Uint8Array.from([251, 255, 254]).buffer)).toBe('-__-');
  });

  test('what browsers throw says why', () => {
    for (const [name, why] of [
      ['NotAllowedError', 'cancelled'],
      ['InvalidStateError', 'known'],
      ['NotSupportedError', 'device'],
      ['ConstraintError', 'device'],
      ['SecurityError', 'address'],
      ['AbortError', 'ended'],
    ]) {
      expect(refusalOf(new DOMException('', name))).toBe(why);
    }
    expect(refusalOf('anything')).toBe('cancelled');
  });
});
