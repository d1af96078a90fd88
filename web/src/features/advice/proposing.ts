import { keepProposal, type Proposal } from '@/realtime/proposing';
import { navigate } from '@/router/location';

/** To the form of a meeting, filled in. */
export function proposeMeeting(proposal: Proposal): void {
  keepProposal(proposal);
  navigate({ to: '/schedule' });
}
