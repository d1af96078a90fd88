/** What can be done with a message beside what messages do themselves: each in a chunk that comes when it is needed. */
import { lazy } from 'react';
import type { MenuParts } from '@/features/messages/menuParts';

export const menuParts: MenuParts = {
  Items: lazy(() => import('@/features/moderation/parts/MessageItems').then((module) => ({ default: module.MessageItems }))),
  dialogs: {
    block: lazy(() => import('@/features/moderation/parts/BlockAuthorDialog').then((module) => ({ default: module.BlockAuthorDialog }))),
    report: lazy(() => import('@/features/moderation/parts/ReportDialog').then((module) => ({ default: module.ReportDialog }))),
  },
};
