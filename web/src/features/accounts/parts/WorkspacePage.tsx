import { useState } from 'react';
import type { Workspace } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { TextField } from '@/ui/TextField';
import { showToast } from '@/ui/toast';
import { useRenameWorkspace } from '../changes';
import { maxName } from '../limits';
import { useText } from '../strings';
import styles from './Settings.module.css';

export function WorkspacePage({ workspace }: { workspace: Workspace }) {
  const t = useText();
  const [name, setName] = useState(workspace.name);
  const rename = useRenameWorkspace();
  const errors = fieldErrors(rename.error);

  function save() {
    settle(rename.mutateAsync(name), { onSuccess: () => showToast(t('saved')) });
  }

  return (
    <Section title={t('the_workspace')}>
      <Form className={styles.form} onSubmit={save}>
        <TextField
          label={t('workspace_name')}
          hint={t('workspace_name_hint')}
          value={name}
          onChange={setName}
          error={errors['name']}
          maxLength={maxName}
          required
        />
        <FormError error={Object.keys(errors).length === 0 ? rename.error : null} />
        <div className={styles.buttons}>
          <Button type="submit" tone="primary" busy={rename.isPending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
