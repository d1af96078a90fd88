/** The times of a question, on the clock that its reader chose: what others said, and a choice for each. */
import type { TimeChoice, TimePollOutside } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { dateOf, formatTime, type Micros } from '@/lib/time';
import { make } from './dom';
import { t } from './strings';

const CHOICES = ['yes', 'maybe', 'no'] as const satisfies readonly TimeChoice[];

/** "Tuesday, 24 November, 10:00–11:00". */
export function sayTime(from: Micros, to: Micros, timeZone: string): string {
  const locale = currentLocale();
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(dateOf(from));
  return `${day}, ${formatTime(from, locale, timeZone)}–${formatTime(to, locale, timeZone)}`;
}

export type TimesField = { box: HTMLElement; onClock: (timeZone: string) => void; chosen: () => TimeChoice[] | null };

/** A row of choices for each time. `chosen` is nothing while one of them has none. */
export function timesField(poll: TimePollOutside, timeZone: string): TimesField {
  const rows = poll.times.map((time, idx) => {
    const legend = make('legend', {});
    const inputs = CHOICES.map((choice) => ({ choice, input: make('input', { type: 'radio', name: `time-${idx}`, value: choice, checked: poll.own?.choices[idx] === choice }) }));
    const labels = inputs.map(({ choice, input }) => make('label', { 'data-choice': choice }, input, make('span', {}, t(`when_${choice}`))));
    const box = make('fieldset', { class: 'time' }, legend, make('div', { class: 'choices' }, ...labels), make('p', { class: 'hint', dir: 'auto' }, sayOthers(poll, idx)));
    return { time, legend, inputs, box };
  });
  function onClock(zone: string): void {
    for (const { time, legend } of rows) legend.textContent = sayTime(time.starts_at, time.ends_at, zone);
  }
  function chosen(): TimeChoice[] | null {
    const said = rows.map(({ inputs }) => inputs.find(({ input }) => input.checked)?.choice);
    const first = said.indexOf(undefined);
    rows[first]?.inputs[0]?.input.focus();
    return first < 0 ? said.filter((choice) => choice !== undefined) : null;
  }
  onClock(timeZone);
  return { box: make('div', { class: 'times' }, ...rows.map(({ box }) => box)), onClock, chosen };
}

/** Who else can, by name where names are shown; else how many. */
function sayOthers(poll: TimePollOutside, idx: number): string {
  const time = poll.times[idx];
  if (!time) return '';
  const counts = [time.n_yes > 0 ? t('when_count_yes', { count: time.n_yes }) : '', time.n_maybe > 0 ? t('when_count_maybe', { count: time.n_maybe }) : ''].filter(Boolean);
  const names = poll.others.filter(({ choices }) => choices[idx] === 'yes' || choices[idx] === 'maybe').map(({ name }) => name);
  const list = new Intl.ListFormat(currentLocale()).format(names);
  return [counts.join(', ') || t('when_nobody'), list].filter(Boolean).join(' · ');
}
