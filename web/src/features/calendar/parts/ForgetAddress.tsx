import { useState } from 'react';
import { Button } from '@/ui/Button';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { useForgetAddress } from '../queries';
import { useText } from '../strings';

/** For administrators: somebody outside asks that nothing is kept of them. */
export function ForgetAddress() {
  const t = useText();
  const [address, setAddress] = useState('');
  const forget = useForgetAddress();
  return (
    <section>
      <h3>{t('forget_address')}</h3>
      <Form onSubmit={() => forget.mutate(address, { onSuccess: () => setAddress((now) => (now === address ? '' : now)) })}>
        <TextField label={t('address')} hint={t('forget_address_hint')} type="email" value={address} onChange={setAddress} required />
        <div>
          <Button size="s" tone="danger" type="submit" busy={forget.isPending}>
            {t('forget')}
          </Button>
        </div>
        {forget.isSuccess && <p role="status">{t('forgotten')}</p>}
        <FormError error={forget.error} />
      </Form>
    </section>
  );
}
