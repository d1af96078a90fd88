import { useState } from 'react';
import type { Message, ReportReason } from '@/api/types';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { showToast } from '@/ui/toast';
import { MAX_NOTE_CHARACTERS, reasons } from '../model';
import { useReport } from '../queries';
import { useText } from '../strings';
import styles from './Moderation.module.css';

/** Tells those who look after the channel that one minds a message. */
export function ReportDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState<ReportReason>('hurtful');
  const [note, setNote] = useState('');
  const report = useReport();
  const errors = fieldErrors(report.error);
  const submit = () =>
    report.mutate(
      { message, reason, note: note.trim() },
      {
        onSuccess: () => {
          onClose();
          showToast(t('report_sent'));
        },
      },
    );
  return (
    <Dialog
      title={t('report_title')}
      hint={t('report_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={report.isPending} disabled={reason === 'other' && note.trim() === ''} onClick={submit}>
            {t('report')}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <Choice legend={t('report_why')} value={reason} options={reasons.map((value) => ({ value, label: t(`reason_${value}`) }))} onChange={setReason} />
        <TextArea
          label={t('report_note')}
          hint={t('report_note_hint')}
          optional={reason !== 'other'}
          rows={3}
          maxLength={MAX_NOTE_CHARACTERS}
          value={note}
          onChange={setNote}
          error={errors['note']}
        />
        <FormError error={Object.keys(errors).length === 0 ? report.error : null} />
      </div>
    </Dialog>
  );
}
