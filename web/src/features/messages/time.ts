/** The times of `lib/time` in the reader's language, as of now. */
import type { Micros } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { dateOf, formatAgo, formatDay, formatFull, formatTime } from '@/lib/time';

export const timeOf = (at: Micros) => formatTime(at, currentLocale());
export const fullTimeOf = (at: Micros) => formatFull(at, currentLocale());
export const dayOf = (at: Micros) => formatDay(at, Date.now() * 1000, currentLocale());
export const agoOf = (at: Micros) => formatAgo(at, Date.now() * 1000, currentLocale());
/** For machines: the `dateTime` of a <time>. */
export const isoOf = (at: Micros) => dateOf(at).toISOString();
