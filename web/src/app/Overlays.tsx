import type { Start } from '@/api/types';
import { StatusDialog } from '@/features/accounts/parts/StatusDialog';
import { JumpPalette } from './JumpPalette';
import { ShortcutList } from './ShortcutList';
import type { Overlay } from './useShortcuts';

/** The dialogs that open from anywhere. */
export function Overlays({ overlay, start, onClose }: { overlay: Overlay; start: Start; onClose: () => void }) {
  if (overlay === 'status') return <StatusDialog me={start.me} onClose={onClose} />;
  if (overlay === 'shortcuts') return <ShortcutList onClose={onClose} />;
  return <JumpPalette start={start} onClose={onClose} />;
}
