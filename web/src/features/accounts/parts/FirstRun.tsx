import { useId, useState, type ComponentType } from 'react';
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

const titles = { 1: 'first_name_title', 2: 'first_place_title', 3: 'first_hours_title' } as const;

/** Another feature's step: a form of that id, which says when it is done. */
export type FirstHours = ComponentType<{ id: string; onDone: () => void }>;

/** Once, after the account was made: what others should know. Every step may be skipped; it never comes back. */
export function FirstRun({ me, Hours }: { me: Me; Hours: FirstHours }) {
  const t = useText();
  const formId = useId();
  const [step, setStep] = useState<1 | 2 | 3>(1);
  const [name, setName] = useState(me.name);
  const [pronunciation, setPronunciation] = useState(me.pronunciation ?? '');
  const [timeZone, setTimeZone] = useState(me.time_zone || ownTimeZone());
  const change = useChangeMe();
  const errors = fieldErrors(change.error);

  function finish(rest: MeChange = {}) {
    change.mutate({ ...rest, onboarded: true });
  }

  function next() {
    if (step === 2) change.mutate({ time_zone: timeZone }, { onSuccess: () => setStep(3) });
    else change.mutate({ name, pronunciation: pronunciation.trim() || null }, { onSuccess: () => setStep(2) });
  }

  return (
    <Dialog
      title={t(titles[step])}
      hint={t('first_step', { step, all: 3 })}
      onClose={() => finish()}
      actions={
        <>
          <Button tone="plain" onClick={() => (step === 3 ? finish() : setStep(step === 1 ? 2 : 3))}>
            {t('skip')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={change.isPending}>
            {step === 3 ? t('begin') : t('next')}
          </Button>
        </>
      }
    >
      {step === 3 ? (
        <Hours id={formId} onDone={() => finish()} />
      ) : (
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
      )}
    </Dialog>
  );
}
