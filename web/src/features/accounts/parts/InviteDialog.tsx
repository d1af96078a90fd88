import { useState } from 'react';
import type { Invitation } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { Dialog } from '@/ui/Dialog';
import { useText } from '../strings';
import { InviteForm } from './InviteForm';
import { MailLinkForm } from './MailLinkForm';

/** First what the link may do, then the link, shown once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [made, setMade] = useState<Invitation | null>(null);
  if (!made) return <InviteForm onMade={setMade} onClose={onClose} />;
  return (
    <Dialog
      title={t('invitation_made')}
      hint={t('invitation_once')}
      onClose={onClose}
      actions={
        <Button tone="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <CopyField
        label={t('invitation_link')}
        value={made.url ?? ''}
        hint={t('link_until', { time: formatDateTime(made.expires_at, currentLocale()) })}
      />
      {made.url && <MailLinkForm url={made.url} />}
    </Dialog>
  );
}
