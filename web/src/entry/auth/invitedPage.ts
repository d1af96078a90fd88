import { api, problemOf } from '@/api/client';
import type { AnswerInvitation, GuestInvitation } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatFull, formatTime, ownTimeZone } from '@/lib/time';
import { make } from './dom';
import { note, type Page, type Sheet } from './sheet';
import { t } from './strings';

const ANSWERS = ['yes', 'later', 'no'] as const satisfies readonly AnswerInvitation['answer'][];

/** Where the link in an invitation leads: whoever has no account answers here, at the times of their own clock. */
export function invitedPage(token: string): Page {
  const path = `/api/invited/${encodeURIComponent(token)}`;
  return async () => sheetOf(await api.get<GuestInvitation>(path), path);
}

function sheetOf(invitation: GuestInvitation, path: string): Sheet {
  const locale = currentLocale();
  const when = make('p', { class: 'when' }, `${formatFull(invitation.starts_at, locale)}–${formatTime(invitation.ends_at, locale)}`);
  const { n_following } = invitation;
  return {
    title: invitation.title,
    hint: t('invited_by', { name: invitation.organiser, workspace: invitation.workspace }),
    body: [
      when,
      note(t('your_clock', { zone: ownTimeZone() })),
      n_following > 0 ? note(t('invited_following', { count: n_following })) : null,
      invitation.is_canceled ? note(t('invited_canceled')) : invitation.is_over ? note(t('invited_over')) : answers(invitation, path),
    ],
  };
}

function answers(invitation: GuestInvitation, path: string): HTMLElement {
  const alert = make('p', { role: 'alert', class: 'alert' });
  const said = make('p', { role: 'status', class: 'note' });
  const group = make('div', { class: 'other', role: 'group', 'aria-label': t('your_answer') });
  let isBusy = false;
  const buttons = ANSWERS.map((answer) => {
    const button = make('button', { type: 'button', class: 'outline' }, t(`invited_${answer}`));
    button.addEventListener('click', () => void send(answer));
    return { answer, button };
  });
  const show = (answer: GuestInvitation['answer']) => {
    for (const one of buttons) one.button.setAttribute('aria-pressed', String(one.answer === answer));
  };
  async function send(answer: AnswerInvitation['answer']): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    alert.textContent = '';
    try {
      show((await api.put<GuestInvitation>(path, { answer })).answer);
      said.textContent = t('invited_said', { name: invitation.organiser });
    } catch (error) {
      const { status, detail, title } = problemOf(error);
      alert.textContent = status === 0 ? t('offline') : detail || title;
    }
    isBusy = false;
  }
  show(invitation.answer);
  group.append(...buttons.map(({ button }) => button), alert, said);
  return group;
}
