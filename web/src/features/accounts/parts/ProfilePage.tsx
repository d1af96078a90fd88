import { useState } from 'react';
import type { Me } from '@/api/types';
import { settle } from '@/lib/settle';
import { showToast } from '@/ui/toast';
import { Button } from '@/ui/Button';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { useChangeMe } from '../changes';
import { languageOptions, maxName, maxPronunciation, timeZoneOptions } from '../limits';
import { useText } from '../strings';
import { PicturePart } from './PicturePart';
import { StatusPart } from './StatusPart';
import styles from './Settings.module.css';

export function ProfilePage({ me }: { me: Me }) {
  const t = useText();
  const [name, setName] = useState(me.name);
  const [pronunciation, setPronunciation] = useState(me.pronunciation ?? '');
  const [timeZone, setTimeZone] = useState(me.time_zone);
  const [language, setLanguage] = useState(me.language);
  const change = useChangeMe();
  const errors = fieldErrors(change.error);

  function save() {
    settle(change.mutateAsync({ name, pronunciation: pronunciation.trim() || null, time_zone: timeZone, language }), { onSuccess: () => showToast(t('saved')) });
  }

  return (
    <>
      <Section title={t('picture')}>
        <PicturePart me={me} />
      </Section>
      <StatusPart me={me} />
      <Section title={t('about_you')}>
        <Form className={styles.form} onSubmit={save}>
          <TextField label={t('name')} value={name} onChange={setName} error={errors['name']} maxLength={maxName} required autoComplete="name" />
          <TextField
            label={t('pronunciation')}
            hint={t('pronunciation_hint')}
            optional
            value={pronunciation}
            onChange={setPronunciation}
            error={errors['pronunciation']}
            maxLength={maxPronunciation}
          />
          <Select
            label={t('time_zone')}
            hint={t('time_zone_hint')}
            value={timeZone}
            options={timeZoneOptions(me.time_zone)}
            onChange={setTimeZone}
            error={errors['time_zone']}
          />
          <Select
            label={t('language')}
            hint={t('language_hint')}
            value={language}
            options={languageOptions(me.language)}
            onChange={setLanguage}
            error={errors['language']}
          />
          <FormError error={Object.keys(errors).length === 0 ? change.error : null} />
          <div className={styles.buttons}>
            <Button type="submit" tone="primary" busy={change.isPending}>
              {t('save')}
            </Button>
          </div>
        </Form>
      </Section>
    </>
  );
}
