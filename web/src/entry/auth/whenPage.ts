import { api } from '@/api/client';
import type { AnswerTimePollOutside, TimePollOutside } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime, listTimeZones, ownTimeZone } from '@/lib/time';
import { make } from './dom';
import { addressField, textField } from './fields';
import { makeForm } from './form';
import { link, note, put, type Page, type Sheet } from './sheet';
import { t } from './strings';
import { newKey, ownKey } from './whenKey';
import { sayTime, timesField } from './whenTimes';

/** Where whoever has the link says when they can: without an account, on their own clock. */
export function whenPage(token: string): Page {
  const path = `/api/when/${encodeURIComponent(token)}`;
  return async () => sheetOf(await api.get<TimePollOutside>(ownPath(path)), path, '', ownTimeZone());
}

const ownPath = (path: string) => `${path}/answers/${ownKey()}`;

function sheetOf(poll: TimePollOutside, path: string, said: string, timeZone: string): Sheet {
  return {
    title: poll.title,
    hint: t('when_hint', { name: poll.organiser, workspace: poll.workspace }),
    body: [
      poll.about ? make('p', { class: 'about', dir: 'auto' }, poll.about) : null,
      ...(poll.state === 'open' ? openParts(poll, path, said, timeZone) : overParts(poll, path, said)),
    ],
  };
}

/** What came of it. */
function overParts(poll: TimePollOutside, path: string, said: string): (Node | null)[] {
  const zone = ownTimeZone();
  const { chosen } = poll;
  return [
    status(said),
    ...(chosen
      ? [note(t('when_chosen')), make('p', { class: 'when' }, sayTime(chosen.starts_at, chosen.ends_at, zone)), note(t('your_clock', { zone })), chosen.is_canceled ? note(t('when_canceled')) : null]
      : [note(poll.state === 'ended' ? t('when_ended', { name: poll.organiser }) : t('when_closed'))]),
    poll.own ? takeBack(poll, path) : null,
  ];
}

function openParts(poll: TimePollOutside, path: string, said: string, timeZone: string): (Node | null)[] {
  const until = make('p', { class: 'note' });
  const times = timesField(poll, timeZone);
  const zone = zoneField(timeZone, (chosen) => onClock(chosen));
  const onClock = (chosen: string) => {
    times.onClock(chosen);
    until.textContent = t('when_until', { time: formatDateTime(poll.ends_at, currentLocale(), chosen) });
  };
  onClock(timeZone);
  const name = textField('name', t('when_your_name'), 'name', t(poll.shows_names ? 'when_names_shown' : 'when_names_hidden'));
  name.input.value = poll.own?.name ?? '';
  const address = addressField(t('when_address'), t('when_address_hint'));
  address.input.value = poll.own?.address ?? '';
  const complaint = make('p', { role: 'alert', class: 'alert' });
  times.box.addEventListener('change', () => (complaint.textContent = ''));
  const form = makeForm({
    fields: poll.takes_address ? [name, address] : [name],
    more: make('div', {}, zone.box, times.box, complaint),
    submitLabel: t(poll.own ? 'when_change' : 'when_send'),
    async submit(values) {
      const choices = times.chosen();
      complaint.textContent = choices ? '' : t('when_choose');
      if (!choices) return;
      const answer: AnswerTimePollOutside = { name: values['name'] ?? '', address: values['address'] ?? '', language: document.documentElement.lang || 'en', choices };
      const seen = await api.put<TimePollOutside>(ownPath(path), answer);
      const chosen = zone.value();
      show(sheetOf(seen, path, t('when_said', { name: seen.organiser, time: formatDateTime(seen.ends_at, currentLocale(), chosen) }), chosen));
    },
  });
  return [until, status(said), form, poll.own ? takeBack(poll, path) : null, note(link('/schedule', t('when_app')))];
}

function status(said: string): HTMLElement | null {
  return said ? make('p', { role: 'status', class: 'said', tabindex: '-1' }, said) : null;
}

/** The whole sheet anew, with the eye and the screen reader at what was said. */
function show(sheet: Sheet): void {
  put(sheet);
  const said = document.querySelector<HTMLElement>('.said');
  said?.scrollIntoView({ block: 'center' });
  said?.focus();
}

/** What was said from here goes, or somebody else sits down here. */
function takeBack(poll: TimePollOutside, path: string): HTMLElement {
  const back = make('button', { type: 'button', class: 'outline' }, t('when_take_back'));
  const other = make('button', { type: 'button', class: 'outline' }, t('when_somebody_else'));
  const alert = make('p', { role: 'alert', class: 'alert' });
  const again = async (said: string) => show(sheetOf(await api.get<TimePollOutside>(ownPath(path)), path, said, ownTimeZone()));
  const tell = (work: () => Promise<void>) => () => void work().catch(() => (alert.textContent = t('offline')));
  back.addEventListener(
    'click',
    tell(async () => {
      await api.del(ownPath(path));
      await again(t('when_taken_back'));
    }),
  );
  other.addEventListener(
    'click',
    tell(async () => {
      newKey();
      await again('');
    }),
  );
  return make('div', { class: 'other' }, back, poll.state === 'open' ? other : null, alert);
}

/** All times are shown on this clock; it changes nothing else. */
function zoneField(timeZone: string, onChange: (zone: string) => void): { box: HTMLElement; value: () => string } {
  const zones = listTimeZones();
  const known = zones.includes(timeZone) ? zones : [timeZone, ...zones];
  const select = make('select', { id: 'zone', 'aria-describedby': 'zone-hint' }, ...known.map((zone) => make('option', { value: zone, selected: zone === timeZone }, zone)));
  select.addEventListener('change', () => onChange(select.value));
  const box = make('div', { class: 'field' }, make('label', { for: 'zone' }, t('when_zone')), make('div', { class: 'control' }, select), make('p', { id: 'zone-hint', class: 'hint' }, t('when_zone_hint')));
  return { box, value: () => select.value };
}
