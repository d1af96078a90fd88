import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { useCardParts, type InsertProps } from '../cards';
import { subscribeToInserts, takeInsert } from '../inserting';

/** What else can be posted from a composer: the items of its menu, and the dialog of the one that was chosen. */
export function useInsert(props: Omit<InsertProps, 'onClose' | 'onInstead'>): { items: ReactNode; dialog: ReactNode } {
  const parts = useCardParts();
  const [kind, setKind] = useState<string | null>(null);
  const { channel, topic_id } = props;
  useEffect(
    () =>
      subscribeToInserts(() => {
        const wanted = takeInsert(channel.id, topic_id);
        if (wanted !== null) setKind(wanted);
      }),
    [channel.id, topic_id],
  );
  const Dialog = kind === null ? undefined : parts?.dialogs[kind];
  return {
    items: parts && (
      <Suspense fallback={null}>
        <parts.Items onChoose={setKind} />
      </Suspense>
    ),
    dialog: Dialog && (
      <Suspense fallback={null}>
        <Dialog {...props} onClose={() => setKind(null)} onInstead={setKind} />
      </Suspense>
    ),
  };
}
