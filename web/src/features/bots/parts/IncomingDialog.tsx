import { useId, useState } from 'react';
import type { Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { useMakeIncoming } from '../changes';
import { maxName } from '../model';
import { useText } from '../strings';
import { MadeDialog } from './MadeDialog';

/** First a name, then the address, shown once. */
export function IncomingDialog({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [name, setName] = useState('');
  const make = useMakeIncoming(channelId);
  const errors = fieldErrors(make.error);
  if (make.data) {
    const { hook, url } = make.data;
    return <MadeDialog title={t('incoming_made')} label={t('address_for', { name: hook.bot.name })} value={url} hint={t('address_use')} onClose={onClose} />;
  }
  return (
    <Dialog
      title={t('add_incoming')}
      hint={t('incoming_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={make.isPending}>
            {t('make_hook')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => make.mutate({ name })}>
        <TextField label={t('name')} hint={t('bot_name_hint')} value={name} onChange={setName} error={errors['name']} maxLength={maxName} required data-autofocus />
        <FormError error={errors['name'] ? null : make.error} />
      </Form>
    </Dialog>
  );
}
