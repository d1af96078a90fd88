/** Other ways of sending than at once: each in a chunk that comes when it is needed. */
import { lazy } from 'react';
import type { SendParts } from '@/features/messages/sending';
import { queryClient } from './queryClient';

export const sendParts: SendParts = {
  Items: lazy(() => import('@/features/later/parts/LaterItems').then((module) => ({ default: module.LaterItems }))),
  Dialog: lazy(() => import('@/features/later/parts/PickTimeDialog').then((module) => ({ default: module.PickTimeDialog }))),
  Line: lazy(() => import('@/features/later/parts/LaterLine').then((module) => ({ default: module.LaterLine }))),
  Landing: lazy(() => import('@/features/later/parts/Landing').then((module) => ({ default: module.Landing }))),
  deliver: (how, message) => import('@/features/later/deliver').then(({ deliver }) => deliver(queryClient, how, message)),
};
