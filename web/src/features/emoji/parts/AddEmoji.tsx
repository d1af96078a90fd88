import { useRef, useState } from 'react';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { showToast } from '@/ui/toast';
import { useAddEmoji } from '../queries';
import { useText } from '../strings';
import styles from './Emoji.module.css';

const maxBytes = 256 * 1024;
const types = 'image/png,image/gif,image/webp,image/jpeg';

/** A name, then a picture: choosing it adds the emoji. */
export function AddEmoji() {
  const t = useText();
  const add = useAddEmoji();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const errors = fieldErrors(add.error);
  const clean = name.trim().replace(/^:|:$/g, '').toLowerCase();

  function choose(picture: File | undefined) {
    if (!picture) return;
    setRefusal(picture.size > maxBytes ? t('too_big') : null);
    if (picture.size > maxBytes) return;
    settle(add.mutateAsync({ name: clean, picture }), {
      onSuccess: () => {
        // The name of the next one may have been begun meanwhile.
        setName((now) => (now === name ? '' : now));
        showToast(t('added', { name: `:${clean}:` }));
      },
    });
  }

  function begin() {
    setRefusal(clean ? null : t('needs_name'));
    if (clean) input.current?.click();
  }

  return (
    <Form onSubmit={begin}>
      <TextField label={t('name')} hint={t('name_hint')} value={name} onChange={setName} error={errors['name']} maxLength={34} dir="ltr" autoComplete="off" />
      <input
        ref={input}
        type="file"
        hidden
        accept={types}
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <div className={styles.add}>
        <Button type="submit" busy={add.isPending}>
          {t('picture')}
        </Button>
        <p role={refusal ? 'alert' : undefined}>{refusal ?? t('picture_hint')}</p>
      </div>
      <FormError error={errors['name'] ? null : add.error} />
    </Form>
  );
}
