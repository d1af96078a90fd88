import { useState } from 'react';
import type { Id } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { useObjection } from '../queries';
import { useText } from '../strings';

/** Says no to a decision that was made without oneself, and why. */
export function ObjectionDialog({ channel_id, live_id, onClose }: { channel_id: Id; live_id: Id; onClose: () => void }) {
  const t = useText();
  const [message_id] = useState(uuidv7);
  const [text, setText] = useState('');
  const objection = useObjection(channel_id, live_id);
  return (
    <Dialog
      title={t('object_title')}
      hint={t('object_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={objection.isPending} disabled={text.trim() === ''} onClick={() => objection.mutate({ message_id, text: text.trim() }, { onSuccess: onClose })}>
            {t('object')}
          </Button>
        </>
      }
    >
      <TextArea label={t('object_why')} rows={3} value={text} onChange={setText} data-autofocus="" />
      <FormError error={objection.error} />
    </Dialog>
  );
}
