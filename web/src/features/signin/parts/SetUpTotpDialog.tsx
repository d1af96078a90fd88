import { useId, useState } from 'react';
import type { TotpOffer } from '@/api/types';
import { Button } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { useBeginTotp, useConfirmTotp } from '../changes';
import { useText } from '../strings';
import { CodesDialog } from './CodesDialog';
import { ProofDialog } from './ProofDialog';
import { QrCode } from './QrCode';
import styles from './SignIn.module.css';

/** Password, then the code to scan, then the recovery codes. */
export function SetUpTotpDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const begin = useBeginTotp();
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <CodesDialog codes={codes} onClose={onClose} />;
  if (begin.data) return <ScanDialog offer={begin.data} onDone={setCodes} onClose={onClose} />;
  return (
    <ProofDialog
      title={t('set_up_app')}
      hint={t('set_up_hint')}
      confirmLabel={t('next')}
      busy={begin.isPending}
      error={begin.error}
      onConfirm={(proof) => begin.mutate(proof)}
      onClose={onClose}
    />
  );
}

function ScanDialog({ offer, onDone, onClose }: { offer: TotpOffer; onDone: (codes: string[]) => void; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [code, setCode] = useState('');
  const confirm = useConfirmTotp();
  return (
    <Dialog
      title={t('scan')}
      hint={t('scan_hint')}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={confirm.isPending}>
            {t('confirm')}
          </Button>
        </>
      }
    >
      <div className={styles.steps}>
        <QrCode qr={offer.qr} label={t('qr')} />
        <CopyField label={t('secret')} value={offer.secret} />
        <a className={styles.open} href={offer.url}>
          {t('open_app')}
        </a>
        <Form id={formId} onSubmit={() => confirm.mutate(code, { onSuccess: ({ recovery_codes }) => onDone(recovery_codes) })}>
          <TextField label={t('code')} inputMode="numeric" autoComplete="one-time-code" dir="ltr" value={code} onChange={setCode} required />
          <FormError error={confirm.error} />
        </Form>
      </div>
    </Dialog>
  );
}
