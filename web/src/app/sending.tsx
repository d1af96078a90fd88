/** Other ways of sending than at once: each in a chunk that comes when it is needed. */
import { untilThere } from '@/lib/untilThere';
import { lazy } from 'react';
import type { SendParts } from '@/features/messages/sending';
import { queryClient } from './queryClient';

export const sendParts: SendParts = {
  Items: lazy(() => untilThere(() => import('./SendItems')).then((module) => ({ default: module.SendItems }))),
  Dialog: lazy(() => untilThere(() => import('@/features/later/parts/PickTimeDialog')).then((module) => ({ default: module.PickTimeDialog }))),
  Line: lazy(() => untilThere(() => import('./ComposerLines')).then((module) => ({ default: module.ComposerLines }))),
  Landing: lazy(() => untilThere(() => import('@/features/later/parts/Landing')).then((module) => ({ default: module.Landing }))),
  deliver: (how, message) => import('@/features/later/deliver').then(({ deliver }) => deliver(queryClient, how, message)),
};
