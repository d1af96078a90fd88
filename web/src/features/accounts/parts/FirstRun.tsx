import { useId, useState } from 'react';
import type { Me } from '@/api/types';
import { ownTimeZone } from '@/lib/time';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { useChangeMe, type MeChange } from '../changes';
import { maxName, maxPronunciation, timeZoneOptions } from '../limits';
import { useText } from '../strings';
import { PicturePart } from './PicturePart';

/** Once, after the account was made: what others should know. Every step may be skipped; it never comes back. */
export function FirstRun({ me }: { me: Me }) {
  const t = useText();
  const formId = useId();
  const [step, setStep] = useState<1 | 2>(1);
  const [name, setName] = useState(me.name);
  const [pronunciation, setPronunciation] = useState(me.pronunciation ?? '');
  const [timeZone, setTimeZone] = useState(me.time_zone || ownTimeZone());
  const change = useChangeMe();
  const errors = fieldErrors(change.error);

  function finish(rest: MeChange = {}) {
    change.mutate({ ...rest, onboarded: true });
  }

  function next() {
    if (step === 2) finish({ time_zone: timeZone });
    else change.mutate({ name, pronunciation: pronunciation.trim() || null }, { onSuccess: () => setStep(2) });
  }

  return (
    <Dialog
      title={step === 1 ? t('first_name_title') : t('first_place_title')}
      hint={t('first_step', { step, all: 2 })}
      onClose={() => finish()}
      actions={
        <>
          <Button tone="plain" onClick={() => (step === 1 ? setStep(2) : finish())}>
            {t('skip')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={change.isPending}>
            {step === 1 ? t('next') : t('begin')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={next}>
        {step === 1 ? (
          <>
            <TextField label={t('name')} value={name} onChange={setName} error={errors['name']} maxLength={maxName} required autoComplete="name" data-autofocus />
            <TextField
              label={t('pronunciation')}
              hint={t('pronunciation_hint')}
              optional
              value={pronunciation}
              onChange={setPronunciation}
              error={errors['pronunciation']}
              maxLength={maxPronunciation}
            />
          </>
        ) : (
          <>
            <PicturePart me={me} />
            <Select label={t('time_zone')} hint={t('time_zone_hint')} value={timeZone} options={timeZoneOptions(timeZone)} onChange={setTimeZone} />
          </>
        )}
        <FormError error={Object.keys(errors).length === 0 ? change.error : null} />
      </Form>
    </Dialog>
  );
}
