import { useState, type ReactNode } from 'react';
import type { Space } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { showToast } from '@/ui/toast';
import { useChangeSpace } from '../changes';
import { maxDescription, maxName } from '../limits';
import { useText } from '../strings';
import { LeaveSpaceDialog } from './LeaveSpaceDialog';
import styles from './SpaceSettings.module.css';

type SpaceSettingsProps = { space: Space; canManage: boolean; children: ReactNode };

export function SpaceSettings({ space, canManage, children }: SpaceSettingsProps) {
  const t = useText();
  const [{ name, description, open }, setDraft] = useState(space);
  const [dialog, setDialog] = useState<'archive' | 'leave' | null>(null);
  const change = useChangeSpace(space.id);
  const errors = fieldErrors(change.error);
  const set = (part: Partial<Space>) => setDraft((draft) => ({ ...draft, ...part }));

  function save() {
    settle(change.mutateAsync({ name, description, open }), { onSuccess: () => showToast(t('saved')) });
  }

  return (
    <>
      <Section title={t('about_space')} hint={canManage ? undefined : t('admins_change')}>
        <Form className={styles.form} onSubmit={save}>
          <fieldset disabled={!canManage}>
            <TextField label={t('name')} value={name} onChange={(value) => set({ name: value })} error={errors['name']} maxLength={maxName} required />
            <TextArea
              label={t('description')}
              optional
              value={description}
              onChange={(value) => set({ description: value })}
              error={errors['description']}
              maxLength={maxDescription}
            />
            <Switch label={t('open_space')} hint={t('open_space_hint')} checked={open} disabled={!canManage} onChange={(value) => set({ open: value })} />
          </fieldset>
          <FormError error={Object.keys(errors).length === 0 ? change.error : null} />
          {canManage && (
            <div className={styles.buttons}>
              <Button type="submit" tone="primary" busy={change.isPending}>
                {t('save')}
              </Button>
            </div>
          )}
        </Form>
      </Section>
      {children}
      <Section title={t('more')}>
        <div className={styles.buttons}>
          {space.my_role && (
            <Button tone="outline" onClick={() => setDialog('leave')}>
              {t('leave_space')}
            </Button>
          )}
          {canManage && (
            <Button tone="outline" onClick={() => (space.archived ? change.mutate({ archived: false }) : setDialog('archive'))}>
              {space.archived ? t('unarchive_space') : t('archive_space')}
            </Button>
          )}
        </div>
      </Section>
      {dialog === 'leave' && <LeaveSpaceDialog space={space} onClose={() => setDialog(null)} />}
      {dialog === 'archive' && (
        <ConfirmDialog
          title={t('archive_title', { name: space.name })}
          confirmLabel={t('archive_space')}
          tone="primary"
          busy={change.isPending}
          error={change.error}
          onConfirm={() => change.mutate({ archived: true }, { onSuccess: () => setDialog(null) })}
          onClose={() => setDialog(null)}
        >
          {t('archive_space_hint')}
        </ConfirmDialog>
      )}
    </>
  );
}
