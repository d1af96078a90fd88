/** A poll and how it changes. Plain data in, plain data out. */
import type { Id, PollChanged, PollView } from '@/api/types';

/** After an event. What is mine is named in it; of an anonymous poll it stays as this device knows it. */
export function afterChange(view: PollView, { n_votes, people, n_voters, closed }: PollChanged, me_id: Id): PollView {
  const options = view.poll.options.map((option, idx) => ({ ...option, n: n_votes[idx] ?? option.n, people: people[idx] ?? [] }));
  const isNamed = !view.poll.anonymous && options.every(({ n, people: voters }) => voters.length === n);
  const mine = isNamed ? options.flatMap(({ people: voters }, idx) => (voters.includes(me_id) ? [idx] : [])) : view.mine;
  return { ...view, poll: { ...view.poll, options, n_voters, closed }, mine };
}

/** What a press on an answer makes of my vote. */
export function toggled(mine: readonly number[], idx: number, multiple: boolean): number[] {
  if (mine.includes(idx)) return mine.filter((own) => own !== idx);
  return multiple ? [...mine, idx].sort((a, b) => a - b) : [idx];
}

/** How the poll will look once my vote is there. */
export function withVote(view: PollView, mine: readonly number[], me_id: Id): PollView {
  const options = view.poll.options.map((option, idx) => {
    const others = option.people.filter((id) => id !== me_id);
    const n = option.n - (view.mine.includes(idx) ? 1 : 0) + (mine.includes(idx) ? 1 : 0);
    return { ...option, n, people: mine.includes(idx) && !view.poll.anonymous ? [...others, me_id] : others };
  });
  const n_voters = view.poll.n_voters - (view.mine.length > 0 ? 1 : 0) + (mine.length > 0 ? 1 : 0);
  return { ...view, poll: { ...view.poll, options, n_voters }, mine: [...mine] };
}

/** In whole percent of those who voted; with several answers they add up to more than a hundred. */
export function percentOf(n: number, n_voters: number): number {
  return n_voters === 0 ? 0 : Math.round((n * 100) / n_voters);
}
