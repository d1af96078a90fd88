/** What stands under messages, and what can be put there: each in a chunk that comes when it is needed. */
import { lazy } from 'react';
import type { CardParts } from '@/features/messages/cards';

const PollItem = lazy(() => import('@/features/polls/parts/PollItem').then((module) => ({ default: module.PollItem })));
const RoutineItems = lazy(() => import('@/features/later/parts/RoutineItems').then((module) => ({ default: module.RoutineItems })));

function Items(props: { onChoose: (kind: string) => void }) {
  return (
    <>
      <PollItem {...props} />
      <RoutineItems {...props} />
    </>
  );
}

export const cardParts: CardParts = {
  Links: lazy(() => import('@/features/links/parts/LinkCards').then((module) => ({ default: module.LinkCards }))),
  State: lazy(() => import('@/features/notify/parts/HeldState').then((module) => ({ default: module.HeldState }))),
  cards: {
    poll: lazy(() => import('@/features/polls/parts/PollCard').then((module) => ({ default: module.PollCard }))),
    check_in: lazy(() => import('@/features/later/parts/CheckInCard').then((module) => ({ default: module.CheckInCard }))),
  },
  Items,
  dialogs: {
    poll: lazy(() => import('@/features/polls/parts/PollDialog').then((module) => ({ default: module.PollDialog }))),
    repeat: lazy(() => import('@/features/later/parts/RepeatDialog').then((module) => ({ default: module.RepeatDialog }))),
    check_in: lazy(() => import('@/features/later/parts/CheckInDialog').then((module) => ({ default: module.CheckInDialog }))),
  },
};
