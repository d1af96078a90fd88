import { IconKey, IconTrash, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Me, Person } from '@/api/types';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { Select } from '@/ui/Select';
import { useChangeRole, useDeactivate } from '../changes';
import { rolesToGive } from '../model';
import { useText } from '../strings';
import { DeactivateDialog } from './DeactivateDialog';
import { EraseDialog } from './EraseDialog';
import { ResetLinkDialog } from './ResetLinkDialog';
import styles from './Settings.module.css';

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** What an administrator may do with somebody's account. */
export function ManagePerson({ me, person, more }: { me: Me; person: Person; more: ReactNode }) {
  const t = useText();
  const [dialog, setDialog] = useState<'deactivate' | 'erase' | 'reset' | null>(null);
  const role = useChangeRole();
  const reactivate = useDeactivate();
  const eraseIt = (
    <Button tone="outline" icon={<IconTrash {...icon} />} onClick={() => setDialog('erase')}>
      {t('erase')}
    </Button>
  );
  if (person.link_guest) {
    return (
      <Section title={t('manage')} hint={t('manage_guest_hint')}>
        <div className={styles.buttons}>{eraseIt}</div>
        {dialog === 'erase' && <EraseDialog person={person} onClose={() => setDialog(null)} />}
      </Section>
    );
  }
  return (
    <Section title={t('manage')} hint={t('manage_hint')}>
      <div className={styles.form}>
        <Select
          label={t('role')}
          hint={t(`role_${person.role}_hint`)}
          value={person.role}
          options={rolesToGive(me.role).map((value) => ({ value, label: t(`role_${value}`) }))}
          onChange={(value) => role.mutate({ id: person.id, role: value })}
        />
      </div>
      <FormError error={role.error ?? reactivate.error} />
      <div className={styles.buttons}>
        <Button icon={<IconKey {...icon} />} onClick={() => setDialog('reset')}>
          {t('make_reset_link')}
        </Button>
        {person.deactivated ? (
          <Button
            icon={<IconUserCheck {...icon} />}
            busy={reactivate.isPending}
            onClick={() => reactivate.mutate({ id: person.id, deactivated: false })}
          >
            {t('reactivate')}
          </Button>
        ) : (
          <Button tone="outline" icon={<IconUserOff {...icon} />} onClick={() => setDialog('deactivate')}>
            {t('deactivate')}
          </Button>
        )}
        {more}
        {eraseIt}
      </div>
      {dialog === 'deactivate' && <DeactivateDialog person={person} onClose={() => setDialog(null)} />}
      {dialog === 'erase' && <EraseDialog person={person} onClose={() => setDialog(null)} />}
      {dialog === 'reset' && <ResetLinkDialog person={person} onClose={() => setDialog(null)} />}
    </Section>
  );
}
