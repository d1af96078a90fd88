import { describe, expect, it } from 'vitest';
import type { PollView } from '@/api/types';
import { afterChange, hasMore } from './model';
import { heightOf, meanOf, percentOf, sizeOf, toggled, withVote } from './voting';

const view = (more: Partial<PollView['poll']> = {}, mine: number[] = []): PollView => ({
  poll: {
    id: 'p',
    channel_id: 'c',
    message_id: 'm',
    created_by: 'ada',
    kind: 'single',
    options: ['Tea', 'Coffee'].map((text) => ({ text, n: 0, people: [] })),
    ends: null,
    n_voters: 0,
    anonymous: false,
    hidden: false,
    closes_at: null,
    closed: false,
    ...more,
  },
  is_told: true,
  mine,
  words: [],
  removed: null,
  people: [],
});
const counts = ({ poll }: PollView) => poll.options.map(({ n }) => n);

describe('a vote', () => {
  it('takes the place of the one before, and a second press takes it back', () => {
    const tea = withVote(view(), toggled([], 0, false), 'me');
    expect([counts(tea), tea.poll.n_voters, tea.mine]).toEqual([[1, 0], 1, [0]]);
    const coffee = withVote(tea, toggled(tea.mine, 1, false), 'me');
    expect([counts(coffee), coffee.poll.n_voters, coffee.mine]).toEqual([[0, 1], 1, [1]]);
    const none = withVote(coffee, toggled(coffee.mine, 1, false), 'me');
    expect([counts(none), none.poll.n_voters, none.mine]).toEqual([[0, 0], 0, []]);
  });

  it('is one of several where several are asked for', () => {
    expect(toggled([1], 0, true)).toEqual([0, 1]);
  });

  it('names nobody in an anonymous poll', () => {
    const voted = withVote(view({ anonymous: true }), [0], 'me');
    expect(voted.poll.options[0]).toMatchObject({ n: 1, people: [] });
  });
});

describe('an event', () => {
  const change = { poll_id: 'p', n_votes: [1, 2], n_voters: 3, closed: true };

  it('says what is mine where votes are named', () => {
    const after = afterChange(view({}, [0]), { ...change, people: [['bob'], ['ada', 'me']] }, 'me');
    expect([counts(after), after.poll.n_voters, after.poll.closed, after.mine]).toEqual([[1, 2], 3, true, [1]]);
  });

  it('leaves what is mine where they are not', () => {
    const after = afterChange(view({ anonymous: true }, [0]), { ...change, people: [[], []] }, 'me');
    expect(after.mine).toEqual([0]);
  });
});

it('counts in percent of people', () => {
  expect([percentOf(0, 0), percentOf(1, 3), percentOf(3, 3)]).toEqual([0, 33, 100]);
});

describe('a hidden poll', () => {
  const untold = { ...view({ hidden: true }), is_told: false };
  const change = { poll_id: 'p', n_votes: [], people: [], n_voters: 3, closed: false };

  it('does not show how it stands before the server says so', () => {
    const voted = withVote(untold, [0], 'me');
    expect([counts(voted), voted.mine, voted.poll.n_voters, voted.is_told]).toEqual([[0, 0], [0], 1, false]);
  });

  it('is asked for again only by who may see it', () => {
    expect(afterChange(untold, change, 'me').poll.n_voters).toBe(3);
    expect([hasMore(untold, change), hasMore({ ...untold, is_told: true }, change), hasMore(untold, { ...change, closed: true })]).toEqual([false, true, true]);
  });
});

it('takes the mean of a scale and draws steps and words by the most chosen', () => {
  const options = [0, 1, 2].map((step) => ({ text: String(step), n: step, people: [] }));
  expect([meanOf({ options }), meanOf({ options: [] })]).toEqual([5 / 3, null]);
  expect(options.map(({ n }) => heightOf(n, { options }))).toEqual([0, 50, 100]);
  expect(options.map(({ n }) => sizeOf(n, { options }))).toEqual([1, 1, 4]);
});
