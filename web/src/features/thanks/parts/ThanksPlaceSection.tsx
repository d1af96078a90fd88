import { useState } from 'react';
import type { Id, ThanksPlace } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { formatDateTime } from '@/lib/time';
import { useStart } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { Select } from '@/ui/Select';
import { Skeleton } from '@/ui/Skeleton';
import { TextField } from '@/ui/TextField';
import { showToast } from '@/ui/toast';
import { useChoosePlace, useThanksPlace } from '../queries';
import { useText } from '../strings';
import styles from './Thanks.module.css';

const MAX_TITLE = 100;

/** Where a space gathers what was thanked for, once a week. */
export function ThanksPlaceSection({ space_id }: { space_id: Id }) {
  const t = useText();
  const { data, error, refetch } = useThanksPlace(space_id);
  const { data: start } = useStart();
  const name = start?.channels.find(({ id }) => id === data?.channel_id)?.name;
  return (
    <Section title={t('place')} hint={t('place_hint')}>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={2} />)}
      {data && !data.can_change && <p className={styles.note}>{name ? t('gathered_in', { name }) : t('nowhere')}</p>}
      {data?.can_change && <PlaceForm key={JSON.stringify(data)} place={data} />}
      {data?.stopped && <p className={styles.note}>{t('stopped')}</p>}
      {data && data.next_at !== null && <p className={styles.note}>{t('next', { when: formatDateTime(data.next_at, currentLocale()) })}</p>}
    </Section>
  );
}

function PlaceForm({ place }: { place: ThanksPlace }) {
  const t = useText();
  const { data: start } = useStart();
  const [channel, setChannel] = useState<string>(place.channel_id ?? '');
  const [title, setTitle] = useState(place.title ?? t('usual_title'));
  const choose = useChoosePlace(place.space_id);
  const channels = (start?.channels ?? []).filter(({ space_id, archived }) => space_id === place.space_id && !archived);
  const options = [{ value: '', label: t('nowhere') }, ...channels.map(({ id, name }) => ({ value: id as string, label: `#${name}` }))];
  const isSame = channel === (place.channel_id ?? '') && (channel === '' || title === place.title) && !place.stopped;
  const save = () => settle(choose.mutateAsync({ channel_id: channel === '' ? null : channel, title: title.trim() }), { onSuccess: () => showToast(t('saved')) });
  return (
    <Form onSubmit={save}>
      <div className={styles.place}>
        <Select label={t('channel')} value={channel} options={options} onChange={setChannel} />
        {channel !== '' && <TextField label={t('title')} value={title} onChange={setTitle} maxLength={MAX_TITLE} />}
        <FormError error={choose.error} />
        <div>
          <Button type="submit" busy={choose.isPending} disabled={isSame || (channel !== '' && title.trim() === '')}>
            {t('save')}
          </Button>
        </div>
      </div>
    </Form>
  );
}
