import { Suspense, useState, type ReactNode } from 'react';
import type { NewAsk } from '@/api/types';
import { asksSomebody, useAskingParts, type AskWritingProps } from '../asking';

type Asking = {
  ask: NewAsk | null;
  /** It wants an answer, and says of nobody: it cannot go out like that. */
  asksNobody: boolean;
  clear: () => void;
  /** Over the field. */
  line: ReactNode;
  /** In the menu beside Send. */
  item: ReactNode;
};

/** What a message that is being written asks. A new topic begins without asking. */
export function useAsking(props: Omit<AskWritingProps, 'ask' | 'onAsk'>, isPossible: boolean): Asking {
  const parts = useAskingParts();
  const [wanted, setWanted] = useState<NewAsk | null>(null);
  const ask = isPossible ? wanted : null;
  const has = parts && isPossible;
  return {
    ask,
    asksNobody: ask !== null && !asksSomebody(ask),
    clear: () => setWanted(null),
    line: has && (
      <Suspense fallback={null}>
        <parts.Writing {...props} ask={ask} onAsk={setWanted} />
      </Suspense>
    ),
    item: has && (
      <Suspense fallback={null}>
        <parts.Item ask={ask} onAsk={setWanted} />
      </Suspense>
    ),
  };
}
