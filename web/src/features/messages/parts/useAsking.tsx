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

/** What a message that is being written asks. */
export function useAsking(props: Omit<AskWritingProps, 'ask' | 'onAsk'>): Asking {
  const parts = useAskingParts();
  const [ask, setAsk] = useState<NewAsk | null>(null);
  return {
    ask,
    asksNobody: ask !== null && !asksSomebody(ask),
    clear: () => setAsk(null),
    line: parts && (
      <Suspense fallback={null}>
        <parts.Writing {...props} ask={ask} onAsk={setAsk} />
      </Suspense>
    ),
    item: parts && (
      <Suspense fallback={null}>
        <parts.Item ask={ask} onAsk={setAsk} />
      </Suspense>
    ),
  };
}
