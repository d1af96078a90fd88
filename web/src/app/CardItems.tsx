import { AdviceItem } from '@/features/advice/parts/AdviceItem';
import { RoutineItems } from '@/features/later/parts/RoutineItems';
import { PollItem } from '@/features/polls/parts/PollItem';
import { UrgentItem } from '@/features/urgent/parts/UrgentItem';

/** What else can be posted, in the composer's menu. */
export function CardItems(props: { onChoose: (kind: string) => void }) {
  return (
    <>
      <PollItem {...props} />
      <UrgentItem {...props} />
      <AdviceItem {...props} />
      <RoutineItems {...props} />
    </>
  );
}
