import type { Micros } from '@/api/types';

/** The browser's moment, for what a form begins with; what holds the server says. */
export function nowMicros(): Micros {
  return Date.now() * 1000;
}
