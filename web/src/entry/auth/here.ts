import { ownTimeZone } from '@/lib/time';

/** What the browser knows about its reader; can be changed in the profile. */
export function here(): { time_zone: string; language: string } {
  return { time_zone: ownTimeZone(), language: navigator.language };
}
