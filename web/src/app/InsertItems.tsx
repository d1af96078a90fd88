import { AdviceItem } from '@/features/advice/parts/AdviceItem';
import { PollItem } from '@/features/polls/parts/PollItem';

/** What a composer's menu offers besides sending. */
export function InsertItems({ onChoose }: { onChoose: (kind: string) => void }) {
  return (
    <>
      <PollItem onChoose={onChoose} />
      <AdviceItem onChoose={onChoose} />
    </>
  );
}
