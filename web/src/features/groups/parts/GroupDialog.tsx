import { useState } from 'react';
import { problemOf } from '@/api/client';
import type { GroupView, Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';
import { useChangeGroup, useCreateGroup } from '../changes';
import { maxHandle, maxTitle } from '../limits';
import { useText } from '../strings';

export type GroupDialogProps = {
  /** Whose the new group is; `null`: the whole workspace's. */
  spaceId: Id | null;
  /** Absent for a new one. */
  group?: GroupView;
  onDone: (group: GroupView) => void;
  onClose: () => void;
};

const FORM = 'group-form';

/** A new group, or other names for one. */
export function GroupDialog({ spaceId, group, onDone, onClose }: GroupDialogProps) {
  const t = useText();
  const [handle, setHandle] = useState(group?.handle ?? '');
  const [title, setTitle] = useState(group?.title ?? '');
  const [open, setOpen] = useState(group?.open ?? false);
  const create = useCreateGroup();
  const change = useChangeGroup(group?.id ?? '');
  const { error, isPending } = group ? change : create;
  const errors = fieldErrors(error);
  const isTaken = error !== null && problemOf(error).type.endsWith('/name-taken');

  function save() {
    const draft = { handle, title, open };
    if (group) change.mutate(draft, { onSuccess: onDone });
    else create.mutate({ ...draft, ...(spaceId && { space_id: spaceId }) }, { onSuccess: onDone });
  }

  return (
    <Dialog
      title={group ? t('edit_group') : t('new_group')}
      hint={spaceId ? t('group_hint_space') : t('group_hint_workspace')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" form={FORM} tone="primary" busy={isPending} disabled={!handle.trim() || !title.trim()}>
            {group ? t('save') : t('make_group')}
          </Button>
        </>
      }
    >
      <Form id={FORM} onSubmit={save}>
        <TextField
          label={t('title')}
          value={title}
          onChange={setTitle}
          error={errors['title']}
          maxLength={maxTitle}
          placeholder={t('title_example')}
          data-autofocus
        />
        <TextField
          label={t('handle')}
          hint={t('handle_hint', { handle: handle.trim().replace(/^@/, '') || t('handle_example') })}
          value={handle}
          onChange={setHandle}
          error={errors['handle'] ?? (isTaken ? t('handle_taken') : undefined)}
          maxLength={maxHandle + 1}
          autoCapitalize="none"
          spellCheck={false}
        />
        <Switch label={t('anyone_joins')} hint={t('anyone_joins_hint')} checked={open} onChange={setOpen} />
        <FormError error={Object.keys(errors).length === 0 && !isTaken ? error : null} />
      </Form>
    </Dialog>
  );
}
