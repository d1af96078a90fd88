import { navigate } from '@/router/location';
import { useId, useState } from 'react';
import type { Space } from '@/api/types';
import { Button } from '@/ui/Button';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { useCreateChannel, type ChannelDraft } from '../changes';
import { maxDescription, maxName } from '../limits';
import { useText } from '../strings';

export function CreateChannelDialog({ space, onClose }: { space: Space; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [draft, setDraft] = useState<ChannelDraft>({ name: '', kind: 'public', description: '' });
  const create = useCreateChannel(space.id);
  const errors = fieldErrors(create.error);

  function submit() {
    create.mutate(draft, {
      onSuccess: (row) => {
        onClose();
        navigate({ to: '/c/$channelId', params: { channelId: row.id } });
      },
    });
  }

  return (
    <Dialog
      title={t('create_channel')}
      hint={t('in_space', { name: space.name })}
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
          placeholder={t('channel_name_example')}
          maxLength={maxName}
          required
          data-autofocus
        />
        <Choice
          legend={t('who')}
          value={draft.kind}
          options={[
            { value: 'public', label: t('kind_public'), hint: t('kind_public_hint'), icon: <ChannelIcon kind="public" size={18} /> },
            { value: 'private', label: t('kind_private'), hint: t('kind_private_hint'), icon: <ChannelIcon kind="private" size={18} /> },
            {
              value: 'announcement',
              label: t('kind_announcement'),
              hint: t('kind_announcement_hint'),
              icon: <ChannelIcon kind="announcement" size={18} />,
            },
          ]}
          onChange={(kind) => setDraft({ ...draft, kind })}
        />
        <TextArea
          label={t('what_for')}
          optional
          value={draft.description}
          onChange={(description) => setDraft({ ...draft, description })}
          error={errors['description']}
          maxLength={maxDescription}
        />
        <FormError error={Object.keys(errors).length === 0 ? create.error : null} />
      </Form>
    </Dialog>
  );
}
