import type { ChannelRow, Space } from '@/api/types';
import { CreateChannelDialog } from './CreateChannelDialog';
import { CreateSpaceDialog } from './CreateSpaceDialog';
import { LeaveChannelDialog } from './LeaveChannelDialog';
import { LeaveSpaceDialog } from './LeaveSpaceDialog';
import { NewDirectDialog } from './NewDirectDialog';

export type SidebarDialog =
  | { kind: 'create-space' }
  | { kind: 'create-channel'; space: Space }
  | { kind: 'new-direct' }
  | { kind: 'leave-channel'; row: ChannelRow }
  | { kind: 'leave-space'; space: Space };

export type OpenDialog = (dialog: SidebarDialog) => void;

/** The dialogs that the sidebar opens, in one chunk that loads with the first of them. */
export function SidebarDialogs({ dialog, onClose }: { dialog: SidebarDialog; onClose: () => void }) {
  switch (dialog.kind) {
    case 'create-space':
      return <CreateSpaceDialog onClose={onClose} />;
    case 'create-channel':
      return <CreateChannelDialog space={dialog.space} onClose={onClose} />;
    case 'new-direct':
      return <NewDirectDialog onClose={onClose} />;
    case 'leave-channel':
      return <LeaveChannelDialog row={dialog.row} onClose={onClose} />;
    case 'leave-space':
      return <LeaveSpaceDialog space={dialog.space} onClose={onClose} />;
  }
}
