import { useId, useState } from 'react';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Field } from '@/ui/Field';
import { fromField, toField } from '../model';
import { useText } from '../strings';
import type { AskDialogProps } from './AskDialogs';

const HOUR_US = 3_600_000_000;

/** "I will answer by …". What is later than usual, whoever asked is asked about. */
export function PromiseDialog({ ask, acts, onClose }: AskDialogProps) {
  const t = useText();
  const formId = useId();
  const [text, setText] = useState(() => toField(Math.max(ask.due ?? 0, Date.now() * 1000) + 2 * HOUR_US));
  const until = fromField(text);
  return (
    <Dialog
      title={t('promise_title')}
      hint={t('promise_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={acts.isBusy} disabled={until === null}>
            {t('promise_do')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => until !== null && acts.make({ move: 'promise', until }, onClose)}>
        <Field label={t('promise_until')}>
          {(control) => <input {...control} type="datetime-local" value={text} data-autofocus="" onChange={({ target }) => setText(target.value)} />}
        </Field>
        <FormError error={acts.error} />
      </Form>
    </Dialog>
  );
}
