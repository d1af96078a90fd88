import { useState } from 'react';
import type { LiveOutcome, LiveSession } from '@/api/types';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { useEndLive } from '../queries';
import { useText } from '../strings';

/** The end asks what came of it. */
export function EndDialog({ session, onClose, onEnded }: { session: LiveSession; onClose: () => void; onEnded: () => void }) {
  const t = useText();
  const [outcome, setOutcome] = useState<LiveOutcome>('none');
  const end = useEndLive(session.channel_id, session.id);
  const options = (['decision', 'asks', 'none'] as const).map((value) => ({ value, label: t(`outcome_${value}`), hint: t(`outcome_${value}_hint`) }));
  return (
    <Dialog
      title={t('end_title')}
      hint={t('end_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="danger" busy={end.isPending} onClick={() => end.mutate(outcome, { onSuccess: onEnded })}>
            {t('end')}
          </Button>
        </>
      }
    >
      <Choice legend={t('outcome')} value={outcome} options={options} onChange={setOutcome} />
      <FormError error={end.error} />
    </Dialog>
  );
}
