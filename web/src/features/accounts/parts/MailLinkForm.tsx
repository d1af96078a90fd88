import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/ui/Button';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { useMailInvitation } from '../changes';
import { signInWaysQuery } from '../queries';
import { useText } from '../strings';
import styles from './Settings.module.css';

/** Sends the link of an invitation to an address, as often as one likes; nothing where the server sends no mail. */
export function MailLinkForm({ url }: { url: string }) {
  const t = useText();
  const { data: ways } = useQuery(signInWaysQuery);
  const [email, setEmail] = useState('');
  const mail = useMailInvitation(url);
  const errors = fieldErrors(mail.error);
  if (!ways?.mail) return null;

  function send() {
    mail.mutate(email, { onSuccess: () => setEmail((now) => (now === email ? '' : now)) });
  }

  return (
    <Form className={styles.after} onSubmit={send}>
      <TextField
        label={t('send_by_mail')}
        type="email"
        dir="ltr"
        placeholder={t('mail_address')}
        value={email}
        onChange={setEmail}
        error={errors['email']}
        required
      />
      <FormError error={Object.keys(errors).length === 0 ? mail.error : null} />
      <div className={styles.buttons}>
        <Button type="submit" busy={mail.isPending}>
          {t('send_link')}
        </Button>
      </div>
      <p role="status">{mail.isSuccess && t('link_sent', { email: mail.variables })}</p>
    </Form>
  );
}
