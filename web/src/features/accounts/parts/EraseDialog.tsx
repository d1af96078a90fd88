import { useId, useState, type ComponentType } from 'react';
import type { ErasedMessages, Person } from '@/api/types';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { useErase } from '../changes';
import { useText } from '../strings';

const choices: readonly ErasedMessages[] = ['keep', 'delete'];

export type ProofProps = { password: string; onPassword: (password: string) => void; error?: string | undefined };

/** Asks what becomes of the messages, and, of who asks for themselves, whether it is them: `Proof`. */
export function EraseDialog({ person, Proof, onClose }: { person: Person; Proof?: ComponentType<ProofProps>; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [messages, setMessages] = useState<ErasedMessages>('keep');
  const [password, setPassword] = useState('');
  const isMe = Proof !== undefined;
  const erase = useErase();
  const errors = fieldErrors(erase.error);
  const submit = () => erase.mutate({ id: isMe ? null : person.id, messages, password }, { onSuccess: onClose });
  return (
    <Dialog
      title={isMe ? t('erase_me_title') : t('erase_title', { name: person.name })}
      hint={t('erase_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="danger" type="submit" form={formId} busy={erase.isPending}>
            {t('erase')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit}>
        <Choice
          legend={t('erase_messages')}
          value={messages}
          options={choices.map((value) => ({ value, label: t(`erase_${value}`), hint: t(`erase_${value}_hint`) }))}
          onChange={setMessages}
        />
        {Proof && <Proof password={password} onPassword={setPassword} error={errors['password']} />}
        <FormError error={Object.keys(errors).length === 0 ? erase.error : null} />
      </Form>
    </Dialog>
  );
}
