/** Other ways of sending than at once: each in a chunk that comes when it is needed. */
import { lazy } from 'react';
import type { SendParts } from '@/features/messages/sending';
import { queryClient } from './queryClient';

export const sendParts: SendParts = {
  Items: lazy(() => import('./SendItems').then((module) => ({ default: module.SendItems }))),
  Dialog: lazy(() => import('@/features/later/parts/PickTimeDialog').then((module) => ({ default: module.PickTimeDialog }))),
  Line: lazy(() => import('./ComposerLines').then((module) => ({ default: module.ComposerLines }))),
  Landing: lazy(() => import('@/features/later/parts/Landing').then((module) => ({ default: module.Landing }))),
  deliver: (how, message) => import('@/features/later/deliver').then(({ deliver }) => deliver(queryClient, how, message)),
};
