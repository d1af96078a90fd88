/** A meeting that is proposed from elsewhere: the schedule opens its form, filled in. */
import type { Id, MeetingAim, Micros } from '@/api/types';

export type Proposal = { people: readonly Id[]; at: Micros | null; minutes: number; aim: MeetingAim };

let waiting: Proposal | null = null;

/** The schedule takes it when it is opened next. */
export function keepProposal(proposal: Proposal): void {
  waiting = proposal;
}

/** Once. */
export function takeProposal(): Proposal | null {
  const taken = waiting;
  waiting = null;
  return taken;
}
