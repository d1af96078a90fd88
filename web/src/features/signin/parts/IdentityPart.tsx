import { IconLogin2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { OwnWays } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDate } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { EmptyState } from '@/ui/EmptyState';
import { Section } from '@/ui/Section';
import { useBeginLink, useRemoveIdentity } from '../changes';
import { useText } from '../strings';
import { ProofDialog } from './ProofDialog';

/** The account tied to who one is at another server; `name` is what people call that server. */
export function IdentityPart({ ways, name }: { ways: OwnWays; name: string }) {
  const t = useText();
  const [dialog, setDialog] = useState<'link' | 'remove' | null>(null);
  const link = useBeginLink();
  const remove = useRemoveIdentity();
  const close = () => {
    setDialog(null);
    link.reset();
    remove.reset();
  };
  return (
    <Section title={t('identity')} hint={t('identity_hint', { name })}>
      {ways.identity ? (
        <CardList label={t('identity')}>
          <CardRow
            lead={<IconLogin2 size={22} stroke={1.6} aria-hidden="true" />}
            title={ways.identity.name || name}
            text={t('since', { date: formatDate(ways.identity.since, currentLocale()) })}
            end={
              <Button size="s" tone="plain" onClick={() => setDialog('remove')}>
                {t('remove')}
              </Button>
            }
          />
        </CardList>
      ) : (
        <EmptyState
          icon={<IconLogin2 size={24} stroke={1.6} aria-hidden="true" />}
          text={t('no_identity')}
          action={
            <Button tone="primary" onClick={() => setDialog('link')}>
              {t('link', { name })}
            </Button>
          }
        />
      )}
      {dialog === 'link' && (
        <ProofDialog
          title={t('link', { name })}
          hint={t('link_hint', { name })}
          confirmLabel={t('next')}
          busy={link.isPending}
          error={link.error}
          onConfirm={(proof) => link.mutate(proof)}
          onClose={close}
        />
      )}
      {dialog === 'remove' && (
        <ProofDialog
          title={t('unlink_title', { name })}
          hint={t('unlink_hint')}
          confirmLabel={t('remove')}
          tone="danger"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={(proof) => remove.mutate(proof, { onSuccess: close })}
          onClose={close}
        />
      )}
    </Section>
  );
}
