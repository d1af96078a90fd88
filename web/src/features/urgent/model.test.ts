import { describe, expect, it } from 'vitest';
import type { Urgent, UrgentCall } from '@/api/types';
import { callingIn, clockOf, minutesOf, minutesUntil, sayMoment, trailOf } from './model';

const MINUTE = 60_000_000;
const START = Date.UTC(2026, 10, 26, 3, 2) * 1000;

const call = (person_id: string, more: Partial<UrgentCall> = {}): UrgentCall => ({
  person_id,
  instead_of: null,
  via: 'person',
  not_before: null,
  called_at: [],
  reaction: null,
  reacted_at: null,
  ...more,
});

const urgent = (steps: UrgentCall[][], more: Partial<Urgent> = {}): Urgent => ({
  id: 'u',
  channel_id: 'c',
  message_id: 'm',
  sender_id: 'ada',
  kind: 'outage',
  reason: '',
  text: '',
  state: 'calling',
  created_at: START,
  sent_at: START,
  confirmed_by: null,
  ended_at: null,
  ended_by: null,
  steps: steps.map((people, idx) => ({ from: START + idx * 10 * MINUTE, wait_min: 10, people })),
  ...more,
});

describe('what the card says', () => {
  it('says who is called since when, who is told later, and who comes next', () => {
    const shown = urgent([[call('bob', { called_at: [START, START + 5 * MINUTE] }), call('eve', { not_before: START + 60 * MINUTE })], [call('cy')]]);
    expect(callingIn(shown)).toEqual({
      called: [{ id: 'bob', since: START, n: 2 }],
      held: [{ id: 'eve', at: START + 60 * MINUTE }],
      next: { ids: ['cy'], at: START + 10 * MINUTE },
    });
  });

  it('does not call who has said that it is not for them', () => {
    const shown = urgent([[call('bob', { called_at: [START], reaction: 'not_me', reacted_at: START + MINUTE })]]);
    expect(callingIn(shown)).toEqual({ called: [], held: [], next: null });
  });

  it('tells what has happened in order, and who took it once', () => {
    const taken: Partial<UrgentCall> = { called_at: [START + 10 * MINUTE], reaction: 'take', reacted_at: START + 12 * MINUTE };
    const shown = urgent([[call('bob', { called_at: [START] })], [call('cy', taken)]], { state: 'taken', ended_at: START + 12 * MINUTE, ended_by: 'cy' });
    expect(trailOf(shown).map(({ kind, person_id }) => [kind, person_id])).toEqual([
      ['sent', 'ada'],
      ['called', 'bob'],
      ['called', 'cy'],
      ['take', 'cy'],
    ]);
    const other = { ...shown, steps: [], ended_by: 'dee' };
    expect(trailOf(other).at(-1)).toMatchObject({ kind: 'ended', person_id: 'dee' });
  });

  it('says times on the wall', () => {
    expect(sayMoment(START, START + MINUTE, 'en-GB', 'UTC')).toBe('03:02');
    expect(sayMoment(START, START - 2 * 1440 * MINUTE, 'en-GB', 'UTC')).toBe('Thu 03:02');
    expect([clockOf(545), minutesOf('09:05'), minutesOf('9'), minutesUntil(START + 10 * MINUTE, START)]).toEqual(['09:05', 545, null, 10]);
  });
});
