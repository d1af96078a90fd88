import { CatchUpScreen } from '@/features/inbox/screens/CatchUpScreen';
import { UrgentRowMoves } from '@/features/urgent/parts/UrgentRowMoves';

/** What to read in the time there is; to what calls me one reacts there. */
export function CatchUpRoute() {
  return <CatchUpScreen UrgentMoves={UrgentRowMoves} />;
}
