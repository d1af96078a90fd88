import { useId, useState } from 'react';
import type { Setting } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { showToast } from '@/ui/toast';
import { settingKeys, typedOf, valueOf } from '../model';
import { useChangeSetting } from '../queries';
import { useText } from '../strings';
import { settingInWords } from './SettingRow';

/** Another value, in days or gigabytes. */
export function SettingDialog({ setting, onClose }: { setting: Setting; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [typed, setTyped] = useState(() => typedOf(setting));
  const [isWrong, setWrong] = useState(false);
  const change = useChangeSetting();
  const errors = fieldErrors(change.error);
  const key = settingKeys[setting.name];

  function save() {
    const value = valueOf(setting, typed);
    setWrong(Number.isNaN(value));
    if (Number.isNaN(value)) return;
    change.mutate({ name: setting.name, value }, { onSuccess: () => (showToast(t('saved')), onClose()) });
  }

  return (
    <Dialog
      title={t(`setting_${key}`)}
      hint={t(`does_${key}`)}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" form={formId} tone="primary" busy={change.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        <TextField
          data-autofocus
          inputMode="decimal"
          label={t(setting.name === 'audit.days' ? 'in_days' : 'in_gigabytes')}
          hint={t('empty_is_default', { value: settingInWords(setting, setting.default, t) })}
          error={isWrong ? t('not_a_number') : errors['value']}
          value={typed}
          onChange={setTyped}
        />
        <FormError error={Object.keys(errors).length === 0 ? change.error : null} />
      </Form>
    </Dialog>
  );
}
