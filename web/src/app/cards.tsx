/** What stands under messages, and what can be put there: each in a chunk that comes when it is needed. */
import { untilThere } from '@/lib/untilThere';
import { lazy } from 'react';
import type { CardParts } from '@/features/messages/cards';

export const cardParts: CardParts = {
  Links: lazy(() => untilThere(() => import('@/features/links/parts/LinkCards')).then((module) => ({ default: module.LinkCards }))),
  State: lazy(() => untilThere(() => import('@/features/notify/parts/HeldState')).then((module) => ({ default: module.HeldState }))),
  cards: {
    poll: lazy(() => untilThere(() => import('@/features/polls/parts/PollCard')).then((module) => ({ default: module.PollCard }))),
    questions: lazy(() => untilThere(() => import('@/features/questions/parts/QuestionsCard')).then((module) => ({ default: module.QuestionsCard }))),
    live: lazy(() => untilThere(() => import('@/features/live/parts/LiveCard')).then((module) => ({ default: module.LiveCard }))),
    office: lazy(() => untilThere(() => import('@/features/office/parts/OfficeCard')).then((module) => ({ default: module.OfficeCard }))),
    decision: lazy(() => untilThere(() => import('@/features/live/parts/DecisionCard')).then((module) => ({ default: module.DecisionCard }))),
    urgent: lazy(() => untilThere(() => import('@/features/urgent/parts/UrgentCard')).then((module) => ({ default: module.UrgentCard }))),
    thanks: lazy(() => untilThere(() => import('@/features/thanks/parts/ThanksCard')).then((module) => ({ default: module.ThanksCard }))),
    gathering: lazy(() => untilThere(() => import('@/features/thanks/parts/GatheringCard')).then((module) => ({ default: module.GatheringCard }))),
    check_in: lazy(() => untilThere(() => import('@/features/later/parts/CheckInCard')).then((module) => ({ default: module.CheckInCard }))),
  },
  Items: lazy(() => untilThere(() => import('./CardItems')).then((module) => ({ default: module.CardItems }))),
  dialogs: {
    advice: lazy(() => untilThere(() => import('@/features/advice/parts/AdviceDialog')).then((module) => ({ default: module.AdviceDialog }))),
    poll: lazy(() => untilThere(() => import('@/features/polls/parts/PollDialog')).then((module) => ({ default: module.PollDialog }))),
    questions: lazy(() => untilThere(() => import('@/features/questions/parts/QuestionsDialog')).then((module) => ({ default: module.QuestionsDialog }))),
    live: lazy(() => untilThere(() => import('@/features/live/parts/LiveDialog')).then((module) => ({ default: module.LiveDialog }))),
    office: lazy(() => untilThere(() => import('@/features/office/parts/OfficeDialog')).then((module) => ({ default: module.OfficeDialog }))),
    urgent: lazy(() => untilThere(() => import('./UrgentInsert')).then((module) => ({ default: module.UrgentInsert }))),
    thanks: lazy(() => untilThere(() => import('./ThanksInsert')).then((module) => ({ default: module.ThanksInsert }))),
    repeat: lazy(() => untilThere(() => import('./RoutineInserts')).then((module) => ({ default: module.RepeatInsert }))),
    check_in: lazy(() => untilThere(() => import('./RoutineInserts')).then((module) => ({ default: module.CheckInInsert }))),
  },
};
