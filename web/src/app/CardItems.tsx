import { AdviceItem } from '@/features/advice/parts/AdviceItem';
import { RoutineItems } from '@/features/later/parts/RoutineItems';
import { LiveItem } from '@/features/live/parts/LiveItem';
import { OfficeItem } from '@/features/office/parts/OfficeItem';
import { PollItem } from '@/features/polls/parts/PollItem';
import { QuestionsItem } from '@/features/questions/parts/QuestionsItem';
import { ThanksItem } from '@/features/thanks/parts/ThanksItem';
import { UrgentItem } from '@/features/urgent/parts/UrgentItem';

/** What else can be posted, in the composer's menu. */
export function CardItems(props: { onChoose: (kind: string) => void }) {
  return (
    <>
      <LiveItem {...props} />
      <OfficeItem {...props} />
      <PollItem {...props} />
      <QuestionsItem {...props} />
      <ThanksItem {...props} />
      <UrgentItem {...props} />
      <AdviceItem {...props} />
      <RoutineItems {...props} />
    </>
  );
}
