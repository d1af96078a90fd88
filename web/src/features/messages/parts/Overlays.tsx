import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense } from 'react';
import type { ChannelRow, Message } from '@/api/types';
import { useMenuParts } from '../menuParts';
import type { MessageActions } from './actions';
import type { Overlay } from './useMessageActions';

const EmojiPopover = lazy(() => untilThere(() => import('./EmojiPopover')).then((module) => ({ default: module.EmojiPopover })));
const HistoryDialog = lazy(() => untilThere(() => import('./HistoryDialog')).then((module) => ({ default: module.HistoryDialog })));
const ReactionsDialog = lazy(() => untilThere(() => import('./ReactionsDialog')).then((module) => ({ default: module.ReactionsDialog })));
const DeleteDialog = lazy(() => untilThere(() => import('./DeleteDialog')).then((module) => ({ default: module.DeleteDialog })));
const RemoveDialog = lazy(() => untilThere(() => import('./RemoveDialog')).then((module) => ({ default: module.RemoveDialog })));
const StartTopicDialog = lazy(() => untilThere(() => import('./StartTopicDialog')).then((module) => ({ default: module.StartTopicDialog })));
const ForwardDialog = lazy(() => untilThere(() => import('./ForwardDialog')).then((module) => ({ default: module.ForwardDialog })));
const MoveDialog = lazy(() => untilThere(() => import('./MoveDialog')).then((module) => ({ default: module.MoveDialog })));

type OverlaysProps = { overlay: Overlay; channel: ChannelRow; actions: MessageActions; onClose: () => void };

export function Overlays({ overlay, channel, actions, onClose }: OverlaysProps) {
  if (!overlay) return null;
  if (overlay.kind === 'emoji') {
    const { message, anchor } = overlay;
    return (
      <Suspense fallback={null}>
        <EmojiPopover anchor={anchor} hasQuick onPick={(emoji) => actions.react(message, emoji, !hasMine(message, emoji))} onClose={onClose} />
      </Suspense>
    );
  }
  if (overlay.kind === 'part') return <PartOverlay name={overlay.name} message={overlay.message} onClose={onClose} />;
  return (
    <Suspense fallback={null}>
      {overlay.kind === 'history' && <HistoryDialog message={overlay.message} onClose={onClose} />}
      {overlay.kind === 'reactions' && <ReactionsDialog message={overlay.message} onClose={onClose} />}
      {overlay.kind === 'delete' && <DeleteDialog message={overlay.message} onClose={onClose} />}
      {overlay.kind === 'remove' && <RemoveDialog message={overlay.message} onClose={onClose} />}
      {overlay.kind === 'forward' && <ForwardDialog message={overlay.message} onClose={onClose} />}
      {overlay.kind === 'move' && <MoveDialog channel={channel} message={overlay.message} onClose={onClose} />}
      {overlay.kind === 'start-topic' && <StartTopicDialog channel={channel} message={overlay.message} onClose={onClose} />}
    </Suspense>
  );
}

function PartOverlay({ name, message, onClose }: { name: string; message: Message; onClose: () => void }) {
  const Dialog = useMenuParts()?.dialogs[name];
  if (!Dialog) return null;
  return (
    <Suspense fallback={null}>
      <Dialog message={message} onClose={onClose} />
    </Suspense>
  );
}

function hasMine({ reactions }: Message, emoji: string): boolean {
  return reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
}
