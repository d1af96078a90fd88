import { useId, useState } from 'react';
import type { OwnPasskey } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { useRenamePasskey } from '../changes';
import { useText } from '../strings';

/** As the server has it. */
const maxName = 80;

export function RenamePasskeyDialog({ passkey, onClose }: { passkey: OwnPasskey; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [name, setName] = useState(passkey.name);
  const rename = useRenamePasskey();
  const errors = fieldErrors(rename.error);
  return (
    <Dialog
      title={t('rename_passkey')}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={rename.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => rename.mutate({ id: passkey.id, name }, { onSuccess: onClose })}>
        <TextField
          label={t('passkey_name')}
          hint={t('passkey_name_hint')}
          value={name}
          onChange={setName}
          error={errors['name']}
          maxLength={maxName}
          data-autofocus
          required
        />
        <FormError error={Object.keys(errors).length === 0 ? rename.error : null} />
      </Form>
    </Dialog>
  );
}
