/** The numbers of a check in the reader's words. */
import type { Health, HealthWord } from '@/api/types';
import { currentLocale, type Values } from '@/i18n/core';
import { sizeInWords } from '@/lib/size';
import { formatDateTime } from '@/lib/time';

type Part<Word> = Word extends `${infer Name}_${string}` ? Name : never;

/** "database_slow" is about the database. */
export function partOf(word: HealthWord): Part<HealthWord> {
  return word.slice(0, word.indexOf('_')) as Part<HealthWord>;
}

/** What takes longer to find out is said with the time it took. */
export const slow_ms = 500;

export function healthValues({ facts, took_ms }: Health['checks'][number]): Values {
  const locale = currentLocale();
  const number = (key: string) => Number(facts[key] ?? 0);
  const duration = (key: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: 'millisecond', unitDisplay: 'long' }).format(number(key));
  const moment = (key: string) => (key in facts ? formatDateTime(number(key), locale) : '');
  return {
    kind: String(facts['kind'] ?? ''),
    version: String(facts['version'] ?? ''),
    why: String(facts['why'] ?? ''),
    size: sizeInWords(number('size_bytes'), locale),
    read: duration('read_ms'),
    write: duration('write_ms'),
    off: duration('off_ms'),
    took: new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'long', maximumFractionDigits: 1 }).format(took_ms / 1000),
    failed_at: moment('failed_at'),
    free: sizeInWords(number('free_bytes'), locale),
    total: sizeInWords(number('total_bytes'), locale),
    at: moment('at'),
    since: moment('since'),
    until: moment('until'),
    count: number('n_sockets'),
    slowed: number('n_slowed'),
  };
}
