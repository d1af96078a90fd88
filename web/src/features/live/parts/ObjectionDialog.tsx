import { useState } from 'react';
import type { Id } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { FormDialog } from '@/ui/FormDialog';
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
    <FormDialog
      title={t('object_title')}
      hint={t('object_hint')}
      submitLabel={t('object')}
      busy={objection.isPending}
      isReady={text.trim() !== ''}
      error={objection.error}
      onSubmit={() => objection.mutate({ message_id, text: text.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextArea label={t('object_why')} rows={3} value={text} onChange={setText} data-autofocus="" />
    </FormDialog>
  );
}
