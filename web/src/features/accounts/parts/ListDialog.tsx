import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { FormError } from '@/ui/FormError';
import { saveTemplate, saveText, useInviteByList, useLookAtList } from '../list';
import { useText } from '../strings';
import { ListFile } from './ListFile';
import { ListOutcome } from './ListOutcome';
import styles from './List.module.css';

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** A file, what it would do line by line, and only then what it did. */
export function ListDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [file, setFile] = useState<File | null>(null);
  const look = useLookAtList();
  const invite = useInviteByList();
  const done = invite.data;

  function choose(chosen: File | null) {
    setFile(chosen);
    look.reset();
    if (chosen) look.mutate(chosen);
  }

  if (done) {
    return (
      <Dialog
        key="done"
        title={t('list_done', { count: done.n_new })}
        {...(!done.mails && done.n_new > 0 && { hint: t('list_report_once') })}
        onClose={onClose}
        actions={
          <Button tone="primary" onClick={onClose}>
            {t('done')}
          </Button>
        }
      >
        <Button icon={<IconDownload {...icon} />} onClick={() => saveText(done.report, 'invitations.csv')}>
          {done.mails ? t('list_report') : t('list_report_links')}
        </Button>
        <ListOutcome look={done} />
      </Dialog>
    );
  }
  const n_new = look.data?.n_new ?? 0;
  const complaint = fieldErrors(look.error ?? invite.error)['file'];
  return (
    <Dialog
      title={t('list_invite')}
      hint={t('list_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          {file && n_new > 0 && (
            <Button tone="primary" busy={invite.isPending} onClick={() => invite.mutate(file)}>
              {t('list_confirm', { count: n_new })}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.column}>
        <ListFile error={complaint} onChoose={choose} />
        <Button tone="plain" size="s" icon={<IconDownload {...icon} />} onClick={saveTemplate}>
          {t('list_template')}
        </Button>
        <div role="status">
          {look.data && <p>{n_new > 0 ? t('list_n_new', { count: n_new }) : t('list_none_new')}</p>}
          {look.data && n_new > 0 && <p className={styles.hint}>{look.data.mails ? t('list_mails') : t('list_links')}</p>}
        </div>
        {look.data && <ListOutcome look={look.data} />}
        <FormError error={complaint ? null : (look.error ?? invite.error)} />
      </div>
    </Dialog>
  );
}
