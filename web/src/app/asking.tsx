/** How one asks and answers around messages: each in a chunk that comes when it is needed. */
import { untilThere } from '@/lib/untilThere';
import { lazy } from 'react';
import type { AskingParts } from '@/features/messages/asking';

const nothing = () => null;

export const askingParts: AskingParts = {
  Under: lazy(() => untilThere(() => import('@/features/asks/parts/AskUnder')).then((module) => ({ default: module.AskUnder }))),
  Writing: lazy(() => untilThere(() => import('@/features/asks/parts/AskWriting')).then((module) => ({ default: module.AskWriting }))),
  Item: lazy(() => untilThere(() => import('@/features/asks/parts/AskMenuItem')).then((module) => ({ default: module.AskMenuItem }))),
};

/** Guests by link answer, and do not ask. */
export const guestAsking: AskingParts = { ...askingParts, Writing: nothing, Item: nothing };
