import { useState } from 'react';
import { currentLocale } from '@/i18n/core';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { sayMinutes } from '../model';
import { useEndFeed, useMakeFeed, useMeetingSettings, useSaveMeetingSettings } from '../queries';
import { useText } from '../strings';
import { ForgetAddress } from './ForgetAddress';
import styles from './Schedule.module.css';

/** What I want of meetings: nights, and my calendar in another one. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const { data, error, refetch } = useMeetingSettings();
  const me = useMe();
  const save = useSaveMeetingSettings();
  return (
    <Dialog title={t('meeting_settings')} onClose={onClose}>
      {!data && !error && <Skeleton rows={3} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && (
        <div className={styles.details}>
          <Switch label={t('nights')} hint={t('nights_hint')} checked={data.accepts_nights} onChange={(accepts_nights) => save.mutate({ accepts_nights })} />
          <Switch label={t('by_mail')} hint={t(data.by_mail === null ? 'by_mail_none' : 'by_mail_hint')} checked={data.by_mail === true} disabled={data.by_mail === null} onChange={(by_mail) => save.mutate({ by_mail })} />
          <Select
            label={t('remind')}
            hint={t('remind_hint')}
            value={String(data.remind_min)}
            options={[0, 5, 10, 30].map((minutes) => ({ value: String(minutes), label: minutes === 0 ? t('remind_never') : t('remind_before', { time: sayMinutes(minutes, currentLocale()) }) }))}
            onChange={(minutes) => save.mutate({ remind_min: Number(minutes) })}
          />
          <FormError error={save.error} />
          <Feed hasFeed={data.has_feed} />
          {(me?.role === 'owner' || me?.role === 'admin') && <ForgetAddress />}
        </div>
      )}
    </Dialog>
  );
}

function Feed({ hasFeed }: { hasFeed: boolean }) {
  const t = useText();
  const make = useMakeFeed();
  const end = useEndFeed();
  const [isAsking, setAsking] = useState(false);
  return (
    <section>
      <h3>{t('feed')}</h3>
      <p>{t(hasFeed && !make.data ? 'feed_is_there' : 'feed_hint')}</p>
      {make.data && <CopyField label={t('feed_link')} value={make.data.url} />}
      <div className={styles.answers}>
        {(!hasFeed || isAsking) && (
          <Button size="s" busy={make.isPending} onClick={() => make.mutate(undefined, { onSuccess: () => setAsking(false) })}>
            {t(hasFeed ? 'feed_renew' : 'feed_make')}
          </Button>
        )}
        {hasFeed && !isAsking && (
          <Button size="s" onClick={() => setAsking(true)}>
            {t('feed_other')}
          </Button>
        )}
        {hasFeed && (
          <Button size="s" tone="danger" busy={end.isPending} onClick={() => end.mutate(undefined, { onSuccess: () => make.reset() })}>
            {t('feed_end')}
          </Button>
        )}
      </div>
      <FormError error={make.error ?? end.error} />
    </section>
  );
}
