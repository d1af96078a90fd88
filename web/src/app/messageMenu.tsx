/** What can be done with a message beside what messages do themselves: each in a chunk that comes when it is needed. */
import { lazy } from 'react';
import type { MenuItemsProps, MenuParts } from '@/features/messages/menuParts';

const RemindItem = lazy(() => import('@/features/later/parts/RemindItem').then((module) => ({ default: module.RemindItem })));
const MessageItems = lazy(() => import('@/features/moderation/parts/MessageItems').then((module) => ({ default: module.MessageItems })));
const AskWithItem = lazy(() => import('@/features/asks/parts/AskWithItem').then((module) => ({ default: module.AskWithItem })));

function Items(props: MenuItemsProps) {
  return (
    <>
      <AskWithItem {...props} />
      <RemindItem onChoose={props.onChoose} />
      <MessageItems {...props} />
    </>
  );
}

export const menuParts: MenuParts = {
  Items,
  dialogs: {
    ask: lazy(() => import('@/features/asks/parts/AskWithDialog').then((module) => ({ default: module.AskWithDialog }))),
    remind: lazy(() => import('@/features/later/parts/RemindDialog').then((module) => ({ default: module.RemindDialog }))),
    block: lazy(() => import('@/features/moderation/parts/BlockAuthorDialog').then((module) => ({ default: module.BlockAuthorDialog }))),
    report: lazy(() => import('@/features/moderation/parts/ReportDialog').then((module) => ({ default: module.ReportDialog }))),
  },
};
