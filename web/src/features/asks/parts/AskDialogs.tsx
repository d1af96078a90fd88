import type { Ask } from '@/api/types';
import type { AskDialogKind } from './AskMenu';
import { DeclineDialog } from './DeclineDialog';
import { MissingDialog } from './MissingDialog';
import { PassDialog } from './PassDialog';
import { PromiseDialog } from './PromiseDialog';
import type { Acts } from './useActs';

export type AskDialogProps = { ask: Ask; acts: Acts; onClose: () => void };

/** What is asked before a move, in one chunk. */
export function AskDialogs({ kind, ...props }: AskDialogProps & { kind: AskDialogKind }) {
  switch (kind) {
    case 'promise':
      return <PromiseDialog {...props} />;
    case 'pass':
      return <PassDialog {...props} />;
    case 'decline':
      return <DeclineDialog {...props} />;
    case 'missing':
      return <MissingDialog {...props} />;
  }
}
