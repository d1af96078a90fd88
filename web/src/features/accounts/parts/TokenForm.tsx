import { useId, useState } from 'react';
import type { TokenMade, TokenScope } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';
import { useMakeToken } from '../changes';
import { maxName } from '../limits';
import { scopeHintKey, scopeKey, scopesToGive } from '../model';
import { useText } from '../strings';
import styles from './TokenForm.module.css';

const dayS = 24 * 3600;
const lives = [30, 90, 365];

export function TokenForm({ isAdmin, onMade, onClose }: { isAdmin: boolean; onMade: (token: TokenMade) => void; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const make = useMakeToken();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['messages:read']);
  const [days, setDays] = useState('90');
  const errors = fieldErrors(make.error);
  const give = (scope: TokenScope, given: boolean) => setScopes(given ? [...scopes, scope] : scopes.filter((other) => other !== scope));

  function submit() {
    make.mutate({ name, scopes: [...scopes], expires_in_s: days === 'never' ? null : Number(days) * dayS }, { onSuccess: onMade });
  }

  return (
    <Dialog
      title={t('make_token')}
      hint={t('make_token_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={make.isPending}>
            {t('make_token')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit}>
        <TextField label={t('token_name')} hint={t('token_name_hint')} value={name} onChange={setName} error={errors['name']} maxLength={maxName} required data-autofocus />
        <fieldset className={styles.scopes}>
          <legend>{t('token_scopes')}</legend>
          {scopesToGive(isAdmin).map((scope) => (
            <Switch key={scope} label={t(scopeKey(scope))} hint={t(scopeHintKey(scope))} checked={scopes.includes(scope)} onChange={(given) => give(scope, given)} />
          ))}
        </fieldset>
        <Select
          label={t('token_life')}
          value={days}
          options={[...lives.map((count) => ({ value: String(count), label: t('n_days', { count }) })), { value: 'never', label: t('token_no_end') }]}
          onChange={setDays}
        />
        <FormError error={errors['name'] ? null : make.error} />
      </Form>
    </Dialog>
  );
}
