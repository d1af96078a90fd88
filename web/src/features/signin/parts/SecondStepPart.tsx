import { IconDeviceMobile } from '@tabler/icons-react';
import { useState } from 'react';
import type { OwnWays } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDate } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { Section } from '@/ui/Section';
import { useRemoveTotp, useRenewCodes } from '../changes';
import { useText } from '../strings';
import { CodesDialog } from './CodesDialog';
import { ProofDialog } from './ProofDialog';
import { SetUpTotpDialog } from './SetUpTotpDialog';

const few = 3;

/** A code from an app on top of the password. */
export function SecondStepPart({ ways }: { ways: OwnWays }) {
  const t = useText();
  const [dialog, setDialog] = useState<'set-up' | 'remove' | 'renew' | null>(null);
  const remove = useRemoveTotp();
  const renew = useRenewCodes();
  const close = () => {
    setDialog(null);
    remove.reset();
    renew.reset();
  };
  const since = ways.second_step_since;
  return (
    <Section title={t('second_step')} hint={t('second_step_hint')}>
      {since === null ? (
        <EmptyState
          icon={<IconDeviceMobile size={24} stroke={1.6} aria-hidden="true" />}
          text={ways.second_step_needed ? t('second_step_needed') : t('no_second_step')}
          action={
            <Button tone="primary" onClick={() => setDialog('set-up')}>
              {t('set_up_app')}
            </Button>
          }
        />
      ) : (
        <CardList label={t('second_step')}>
          <CardRow
            lead={<IconDeviceMobile size={22} stroke={1.6} aria-hidden="true" />}
            title={t('app')}
            text={t('since', { date: formatDate(since, currentLocale()) })}
            end={
              <Button size="s" tone="plain" onClick={() => setDialog('remove')}>
                {t('remove')}
              </Button>
            }
          />
          <CardRow
            title={t('recovery_codes')}
            text={t('codes_left', { count: ways.n_recovery_codes })}
            end={
              <>
                {ways.n_recovery_codes < few && <Chip tone="due">{t('few_left')}</Chip>}
                <Button size="s" tone="plain" onClick={() => setDialog('renew')}>
                  {t('renew_codes')}
                </Button>
              </>
            }
          />
        </CardList>
      )}
      {dialog === 'set-up' && <SetUpTotpDialog onClose={close} />}
      {dialog === 'remove' && (
        <ProofDialog
          title={t('remove_title')}
          hint={t('remove_hint')}
          confirmLabel={t('remove')}
          tone="danger"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={(proof) => remove.mutate(proof, { onSuccess: close })}
          onClose={close}
        />
      )}
      {dialog === 'renew' && !renew.data && (
        <ProofDialog
          title={t('renew_codes')}
          hint={t('renew_hint')}
          confirmLabel={t('renew_codes')}
          busy={renew.isPending}
          error={renew.error}
          onConfirm={(proof) => renew.mutate(proof)}
          onClose={close}
        />
      )}
      {dialog === 'renew' && renew.data && <CodesDialog codes={renew.data.recovery_codes} onClose={close} />}
    </Section>
  );
}
