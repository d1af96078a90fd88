/** A poll and how it changes. Plain data in, plain data out. */
import type { Id, PollChanged, PollView } from '@/api/types';

/** Whether I may see more of it than an event tells everybody. */
export function hasMore(view: PollView, { n_votes, closed }: PollChanged): boolean {
  return n_votes.length === 0 && (view.is_told || closed);
}

/** After an event. What is mine is named in it; of an anonymous poll it stays as this device knows it. */
export function afterChange(view: PollView, { n_votes, people, n_voters, closed }: PollChanged, me_id: Id): PollView {
  if (n_votes.length === 0) return { ...view, poll: { ...view.poll, n_voters, closed } };
  const options = view.poll.options.map((option, idx) => ({ ...option, n: n_votes[idx] ?? option.n, people: people[idx] ?? [] }));
  const isNamed = !view.poll.anonymous && options.every(({ n, people: voters }) => voters.length === n);
  const mine = isNamed ? options.flatMap(({ people: voters }, idx) => (voters.includes(me_id) ? [idx] : [])) : view.mine;
  return { ...view, is_told: true, poll: { ...view.poll, options, n_voters, closed }, mine };
}
