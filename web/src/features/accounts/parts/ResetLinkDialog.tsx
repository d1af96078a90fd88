import type { Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { useMakeResetLink } from '../changes';
import { useText } from '../strings';

/** Makes a link with which the person chooses a new password. Shown once. */
export function ResetLinkDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useText();
  const make = useMakeResetLink();
  const link = make.data;
  return (
    <Dialog
      title={t('reset_title', { name: person.name })}
      size="s"
      onClose={onClose}
      actions={
        link ? (
          <Button tone="primary" onClick={onClose}>
            {t('done')}
          </Button>
        ) : (
          <Button tone="primary" busy={make.isPending} onClick={() => make.mutate(person.id)}>
            {t('make_reset_link')}
          </Button>
        )
      }
    >
      {link ? (
        <CopyField label={t('reset_link')} value={link.url} hint={t('link_until', { time: formatDateTime(link.expires_at, currentLocale()) })} />
      ) : (
        <p>{t('reset_hint')}</p>
      )}
      <FormError error={make.error} />
    </Dialog>
  );
}
