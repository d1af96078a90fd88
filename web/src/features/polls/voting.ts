/** Voting, and what comes of it. Plain data in, plain data out. */
import type { Id, Poll, PollView } from '@/api/types';

/** What a press on an answer makes of my vote. */
export function toggled(mine: readonly number[], idx: number, multiple: boolean): number[] {
  if (mine.includes(idx)) return mine.filter((own) => own !== idx);
  return multiple ? [...mine, idx].sort((a, b) => a - b) : [idx];
}

/** How the poll will look once my vote is there. */
export function withVote(view: PollView, mine: readonly number[], me_id: Id): PollView {
  const n_voters = view.poll.n_voters - (view.mine.length > 0 ? 1 : 0) + (mine.length > 0 ? 1 : 0);
  // How it stands comes with the answer.
  if (!view.is_told) return { ...view, poll: { ...view.poll, n_voters }, mine: [...mine] };
  const options = view.poll.options.map((option, idx) => {
    const others = option.people.filter((id) => id !== me_id);
    const n = option.n - (view.mine.includes(idx) ? 1 : 0) + (mine.includes(idx) ? 1 : 0);
    return { ...option, n, people: mine.includes(idx) && !view.poll.anonymous ? [...others, me_id] : others };
  });
  return { ...view, poll: { ...view.poll, options, n_voters }, mine: [...mine] };
}

/** In whole percent of those who voted; with several answers they add up to more than a hundred. */
export function percentOf(n: number, n_voters: number): number {
  return n_voters === 0 ? 0 : Math.round((n * 100) / n_voters);
}

/** The mean of a scale; null while nobody has voted. */
export function meanOf({ options }: Pick<Poll, 'options'>): number | null {
  const n = options.reduce((sum, option) => sum + option.n, 0);
  if (n === 0) return null;
  return options.reduce((sum, option) => sum + option.n * Number(option.text), 0) / n;
}

/** How tall a step stands beside the most chosen one, in percent. */
export function heightOf(n: number, { options }: Pick<Poll, 'options'>): number {
  const most = Math.max(1, ...options.map((option) => option.n));
  return Math.round((n * 100) / most);
}

/** How large a word is written, from 1 to 4: by how many wrote it, beside the most written one. */
export function sizeOf(n: number, { options }: Pick<Poll, 'options'>): number {
  const most = Math.max(1, ...options.map((option) => option.n));
  return n <= 1 || most <= 1 ? 1 : 1 + Math.round((3 * (n - 1)) / (most - 1));
}
