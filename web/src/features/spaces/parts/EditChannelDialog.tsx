import { useId, useState } from 'react';
import type { ChannelRow } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatSeconds } from '@/lib/time';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { useChangeChannel } from '../changes';
import { maxDescription, maxName } from '../limits';
import { slowSteps } from '../model';
import { useText } from '../strings';

export function EditChannelDialog({ row, onClose }: { row: ChannelRow; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [name, setName] = useState(row.name);
  const [description, setDescription] = useState(row.description);
  const [slow, setSlow] = useState(String(row.slow_s));
  const change = useChangeChannel(row.id);
  const errors = fieldErrors(change.error);

  function save() {
    change.mutate({ name, description, ...(Number(slow) !== row.slow_s && { slow_s: Number(slow) }) }, { onSuccess: onClose });
  }

  return (
    <Dialog
      title={t('rename_and_describe')}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={change.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        <TextField label={t('name')} value={name} onChange={setName} error={errors['name']} maxLength={maxName} required data-autofocus />
        <TextArea
          label={t('what_for')}
          optional
          value={description}
          onChange={setDescription}
          error={errors['description']}
          maxLength={maxDescription}
        />
        <Select
          label={t('slow_mode')}
          hint={t('slow_mode_hint')}
          value={slow}
          options={slowSteps(row.slow_s).map((slow_s) => ({
            value: String(slow_s),
            label: slow_s === 0 ? t('slow_off') : formatSeconds(slow_s, currentLocale()),
          }))}
          onChange={setSlow}
        />
        <FormError error={Object.keys(errors).length === 0 ? change.error : null} />
      </Form>
    </Dialog>
  );
}
