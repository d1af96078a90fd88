import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Id } from '@/api/types';
import { useDebounced } from '@/lib/useDebounced';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { SearchField } from '@/ui/SearchField';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { peopleNamedQuery, useHold } from '../retention';
import { useText } from '../strings';

/** Nothing of a channel, or of a person who is chosen here, is deleted from now on. */
export function HoldDialog({ channel, onClose }: { channel?: { id: Id; name: string }; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [text, setText] = useState('');
  const [person, setPerson] = useState('');
  const [reason, setReason] = useState('');
  const hold = useHold();
  const { data: people } = useQuery({ ...peopleNamedQuery(useDebounced(text.trim())), enabled: !channel });
  const errors = fieldErrors(hold.error);
  const subject = channel?.id ?? person;

  function save() {
    if (subject) hold.mutate({ kind: channel ? 'channel' : 'person', subject_id: subject, reason }, { onSuccess: onClose });
  }

  return (
    <Dialog
      title={channel ? t('hold_of', { name: channel.name }) : t('hold_person')}
      hint={t('holds_hint')}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" form={formId} tone="primary" busy={hold.isPending} disabled={!subject}>
            {t('hold')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        {!channel && (
          <>
            <SearchField label={t('find_person')} value={text} onChange={setText} />
            <Select
              label={t('person')}
              value={person}
              options={[{ value: '', label: t('choose_person') }, ...(people?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
              onChange={setPerson}
            />
          </>
        )}
        <TextField label={t('reason')} hint={t('reason_hint')} value={reason} onChange={setReason} error={errors['reason']} maxLength={200} required />
        <FormError error={Object.keys(errors).length === 0 ? hold.error : null} />
      </Form>
    </Dialog>
  );
}
