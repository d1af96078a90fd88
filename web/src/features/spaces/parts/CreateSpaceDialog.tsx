import { navigate } from '@/router/location';
import { useId, useState } from 'react';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { useCreateSpace, type SpaceDraft } from '../changes';
import { maxDescription, maxName } from '../limits';
import { useText } from '../strings';

export function CreateSpaceDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [draft, setDraft] = useState<SpaceDraft>({ name: '', kind: 'team', description: '', open: true });
  const create = useCreateSpace();
  const errors = fieldErrors(create.error);

  function submit() {
    create.mutate(draft, {
      onSuccess: (space) => {
        onClose();
        navigate({ to: '/browse/$spaceId', params: { spaceId: space.id } });
      },
    });
  }

  return (
    <Dialog
      title={t('create_space')}
      hint={t('no_spaces')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={create.isPending}>
            {t('create')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit}>
        <TextField
          label={t('name')}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
          error={errors['name']}
          placeholder={t('space_name_example')}
          maxLength={maxName}
          required
          data-autofocus
        />
        <Choice
          legend={t('kind')}
          row
          value={draft.kind}
          options={[
            { value: 'team', label: t('kind_team') },
            { value: 'class', label: t('kind_class') },
            { value: 'project', label: t('kind_project') },
          ]}
          onChange={(kind) => setDraft({ ...draft, kind })}
        />
        <TextArea
          label={t('description')}
          optional
          value={draft.description}
          onChange={(description) => setDraft({ ...draft, description })}
          error={errors['description']}
          maxLength={maxDescription}
        />
        <Switch label={t('open_space')} hint={t('open_space_hint')} checked={draft.open} onChange={(open) => setDraft({ ...draft, open })} />
        <FormError error={Object.keys(errors).length === 0 ? create.error : null} />
      </Form>
    </Dialog>
  );
}
