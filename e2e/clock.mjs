/** A clock that a story moves, for the real binary (by libfaketime) and for its browsers. So no story waits until it is Monday. */
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The library; undefined where scripts/setup.sh could not install it. */
export const faketime = [process.env.ANTIPHON_TEST_FAKETIME, ...readdirSync('/usr/lib').map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`)].find(
  (path) => path && existsSync(path),
);

/** Stands at a moment, in milliseconds; it goes on by itself, and is moved with `set`. */
export async function openClock(t, start) {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-clock-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'offset');
  const contexts = [];
  let offset = 0;
  const clock = {
    /** For the server: only the time of the day is another one, what lasts takes as long as ever. */
    settings: { LD_PRELOAD: faketime, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', DONT_FAKE_MONOTONIC: '1' },
    now: () => Date.now() + offset,
    async set(moment) {
      offset = moment - Date.now();
      // In one step: half a file would be another time.
      writeFileSync(`${file}.next`, `${offset < 0 ? '-' : '+'}${(Math.abs(offset) / 1000).toFixed(3)}`);
      renameSync(`${file}.next`, file);
      await Promise.all(contexts.map((context) => context.clock.setFixedTime(moment)));
    },
    /** The browsers of this person have this time from now on. */
    async bind({ context }) {
      contexts.push(context);
      await context.clock.setFixedTime(clock.now());
    },
  };
  await clock.set(start);
  return clock;
}

/** The moment of a wall clock, such as `2027-03-16T03:00`. */
export function moment(wall, zone) {
  const meant = Date.parse(`${wall}:00Z`);
  let at = meant;
  for (let n = 0; n < 3; n++) at += meant - Date.parse(`${wallOf(at, zone)}:00Z`);
  return at;
}

/** A day in a week after this one, as a date, where the browsers of the stories stand: 1 is Monday. */
export function dayOfWeek(nWeeksAhead, weekday) {
  const [year, month, day] = wallOf(Date.now(), 'Europe/Berlin').slice(0, 10).split('-').map(Number);
  const today = new Date(Date.UTC(year, month - 1, day));
  today.setUTCDate(day - ((today.getUTCDay() + 6) % 7) + 7 * nWeeksAhead + weekday - 1);
  return today.toISOString().slice(0, 10);
}

/** What the wall clock of a zone shows at a moment, to the minute. */
export function wallOf(at, zone) {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(at).replace(' ', 'T');
}
