import { useId, useState } from 'react';
import type { HookEvent, Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';
import { useMakeOutgoing } from '../changes';
import { allEvents, eventKey, maxName } from '../model';
import { useText } from '../strings';
import styles from './ChannelHooks.module.css';
import { MadeDialog } from './MadeDialog';

/** First where and what, then the secret that signs, shown once. */
export function OutgoingDialog({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly HookEvent[]>(['message.posted']);
  const make = useMakeOutgoing(channelId);
  const errors = fieldErrors(make.error);
  const choose = (event: HookEvent, chosen: boolean) => setEvents(chosen ? [...events, event] : events.filter((other) => other !== event));
  if (make.data) {
    const { hook, secret } = make.data;
    return <MadeDialog title={t('outgoing_made')} label={t('secret_of', { name: hook.name })} value={secret} hint={t('secret_use')} onClose={onClose} />;
  }
  return (
    <Dialog
      title={t('add_outgoing')}
      hint={t('outgoing_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={make.isPending}>
            {t('make_hook')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => make.mutate({ name, url, events: [...events] })}>
        <TextField label={t('name')} value={name} onChange={setName} error={errors['name']} maxLength={maxName} required data-autofocus />
        <TextField label={t('url')} hint={t('url_hint')} type="url" dir="ltr" value={url} onChange={setUrl} error={errors['url']} required />
        <fieldset className={styles.events}>
          <legend>{t('events')}</legend>
          {allEvents.map((event) => (
            <Switch key={event} label={t(eventKey(event))} checked={events.includes(event)} onChange={(chosen) => choose(event, chosen)} />
          ))}
        </fieldset>
        <FormError error={errors['name'] || errors['url'] ? null : make.error} />
      </Form>
    </Dialog>
  );
}
