import { useState } from 'react';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Form } from '@/ui/Form';
import { Section } from '@/ui/Section';
import { TextField } from '@/ui/TextField';
import { showToast } from '@/ui/toast';
import { useRaise } from '../queries';
import { useText } from '../strings';
import styles from './Numbers.module.css';

/** For administrators: how many people a number is about at the least. */
export function RaisePart({ k }: { k: number }) {
  const t = useText();
  const [wanted, setWanted] = useState(String(k));
  const [isAsking, setIsAsking] = useState(false);
  const raise = useRaise();
  const n = /^\d{1,4}$/.test(wanted.trim()) ? Number(wanted) : Number.NaN;
  const keep = () =>
    settle(raise.mutateAsync(n), {
      onSuccess: () => {
        setIsAsking(false);
        showToast(t('raised', { k: n }));
      },
    });
  return (
    <Section title={t('raise')}>
      <Form onSubmit={() => n > k && n <= 1_000 && setIsAsking(true)}>
        <div className={styles.raise}>
          <TextField label={t('raise_field')} hint={t('raise_hint')} value={wanted} onChange={setWanted} inputMode="numeric" maxLength={4} />
          <Button type="submit" disabled={!(n > k && n <= 1_000)}>
            {t('raise_action')}
          </Button>
        </div>
      </Form>
      {isAsking && (
        <ConfirmDialog
          title={t('raise_title', { k: n })}
          confirmLabel={t('raise_action')}
          tone="primary"
          busy={raise.isPending}
          error={raise.error}
          onConfirm={keep}
          onClose={() => setIsAsking(false)}
        >
          {t('raise_consequence', { k: n })}
        </ConfirmDialog>
      )}
    </Section>
  );
}
