import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import type { OwnPasskey } from '@/api/types';
import { hasPasskeys } from '@/lib/passkeys';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { Section } from '@/ui/Section';
import { showToast } from '@/ui/toast';
import { useAddPasskey, useRemovePasskey } from '../changes';
import { useRefusal } from '../refusals';
import { useText } from '../strings';
import { PasskeyRow } from './PasskeyRow';
import { ProofDialog } from './ProofDialog';
import { RenamePasskeyDialog } from './RenamePasskeyDialog';

type Asked = { what: 'add' } | { what: 'rename' | 'remove'; passkey: OwnPasskey };

/** The passkeys of who looks. */
export function PasskeysPart({ passkeys }: { passkeys: OwnPasskey[] }) {
  const t = useText();
  const refusal = useRefusal();
  const [asked, setAsked] = useState<Asked | null>(null);
  const add = useAddPasskey();
  const remove = useRemovePasskey();
  const close = () => {
    setAsked(null);
    add.reset();
    remove.reset();
  };
  const done = (words: string) => () => {
    close();
    showToast(words);
  };
  const button = hasPasskeys() ? (
    <Button tone={passkeys.length === 0 ? 'primary' : 'outline'} size={passkeys.length === 0 ? 'm' : 's'} onClick={() => setAsked({ what: 'add' })}>
      {t('add_passkey')}
    </Button>
  ) : null;
  return (
    <Section title={t('passkeys')} hint={t('passkeys_hint')} actions={passkeys.length > 0 && button}>
      {passkeys.length === 0 ? (
        <EmptyState
          icon={<IconFingerprint size={24} stroke={1.6} aria-hidden="true" />}
          text={button ? t('no_passkeys') : t('no_passkeys_here')}
          action={button}
        />
      ) : (
        <CardList label={t('passkeys')}>
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              onRename={() => setAsked({ what: 'rename', passkey })}
              onRemove={() => setAsked({ what: 'remove', passkey })}
            />
          ))}
        </CardList>
      )}
      {asked?.what === 'add' && (
        <ProofDialog
          title={t('add_passkey')}
          hint={t('add_passkey_hint')}
          confirmLabel={t('next')}
          busy={add.isPending}
          error={refusal(add.error, true)}
          onConfirm={(proof) => settle(add.mutateAsync(proof), { onSuccess: done(t('passkey_added')) })}
          onClose={close}
        />
      )}
      {asked?.what === 'rename' && <RenamePasskeyDialog passkey={asked.passkey} onClose={close} />}
      {asked?.what === 'remove' && (
        <ProofDialog
          title={t('remove_passkey_title', { name: asked.passkey.name })}
          hint={t('remove_passkey_hint')}
          confirmLabel={t('remove')}
          tone="danger"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={(proof) => settle(remove.mutateAsync({ id: asked.passkey.id, proof }), { onSuccess: done(t('passkey_removed')) })}
          onClose={close}
        />
      )}
    </Section>
  );
}
