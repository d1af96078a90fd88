/** What can be done with a message beside what messages do themselves: each in a chunk that comes when it is needed. */
import { untilThere } from '@/lib/untilThere';
import { lazy } from 'react';
import type { MenuItemsProps, MenuParts } from '@/features/messages/menuParts';

const RemindItem = lazy(() => untilThere(() => import('@/features/later/parts/RemindItem')).then((module) => ({ default: module.RemindItem })));
const MessageItems = lazy(() => untilThere(() => import('@/features/moderation/parts/MessageItems')).then((module) => ({ default: module.MessageItems })));
const AskWithItem = lazy(() => untilThere(() => import('@/features/asks/parts/AskWithItem')).then((module) => ({ default: module.AskWithItem })));

const ThanksItem = lazy(() => untilThere(() => import('@/features/thanks/parts/ThankAuthorItem')).then((module) => ({ default: module.ThankAuthorItem })));

function Items(props: MenuItemsProps) {
  return (
    <>
      <AskWithItem {...props} />
      <ThanksItem {...props} />
      <RemindItem onChoose={props.onChoose} />
      <MessageItems {...props} />
    </>
  );
}

export const menuParts: MenuParts = {
  Items,
  dialogs: {
    ask: lazy(() => untilThere(() => import('@/features/asks/parts/AskWithDialog')).then((module) => ({ default: module.AskWithDialog }))),
    thanks: lazy(() => untilThere(() => import('./ThanksMessage')).then((module) => ({ default: module.ThanksMessage }))),
    remind: lazy(() => untilThere(() => import('@/features/later/parts/RemindDialog')).then((module) => ({ default: module.RemindDialog }))),
    block: lazy(() => untilThere(() => import('@/features/moderation/parts/BlockAuthorDialog')).then((module) => ({ default: module.BlockAuthorDialog }))),
    report: lazy(() => untilThere(() => import('@/features/moderation/parts/ReportDialog')).then((module) => ({ default: module.ReportDialog }))),
  },
};
