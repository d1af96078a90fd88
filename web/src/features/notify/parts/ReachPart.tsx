import { useState } from 'react';
import type { PushDevice, PushState } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { formatAgo, formatDate } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { Choice } from '@/ui/Choice';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { showToast } from '@/ui/toast';
import { tellRefusal } from '@/ui/tellRefusal';
import { obstacle, useHideTexts, useMailWay, usePush, useSubscribe, useTestPush, useUnsubscribe } from '../reach';
import { useText } from '../strings';
import styles from './Reach.module.css';

/** How I am reached while the app is closed. */
export function ReachPart() {
  const t = useText();
  const { data, error, refetch } = usePush();
  return (
    <Section title={t('reach')} hint={t('reach_hint')}>
      {data ? <Reach state={data} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={3} />}
    </Section>
  );
}

function Reach({ state }: { state: PushState }) {
  const t = useText();
  const hide = useHideTexts();
  return (
    <>
      <ThisDevice state={state} />
      {state.devices.length > 0 && (
        <CardList label={t('reach_devices')}>
          {state.devices.map((device) => (
            <DeviceRow key={device.session_id} device={device} />
          ))}
        </CardList>
      )}
      <MailPart state={state} />
      <div className={styles.below}>
        <Switch label={t('hide_texts')} hint={t('hide_texts_hint')} checked={state.hides_texts} disabled={hide.isPending} onChange={(hides) => settle(hide.mutateAsync(hides), { onError: tellRefusal })} />
      </div>
    </>
  );
}

function ThisDevice({ state }: { state: PushState }) {
  const t = useText();
  const [hindered, setHindered] = useState(obstacle);
  const subscribe = useSubscribe();
  const test = useTestPush();
  if (state.devices.some(({ is_this }) => is_this)) {
    const said = { taken: 'test_taken', gone: 'test_gone', later: 'test_later', refused: 'test_refused' } as const;
    const run = () => settle(test.mutateAsync(), { onSuccess: ({ outcome }) => showToast(t(said[outcome])), onError: tellRefusal });
    return (
      <p className={styles.row}>
        <span>{t('reached_here')}</span>
        <Button size="s" tone="outline" busy={test.isPending} onClick={run}>
          {t('test_push')}
        </Button>
      </p>
    );
  }
  if (hindered) return <p className={styles.row}>{t(hindered === 'denied' ? 'push_denied' : 'push_unsupported')}</p>;
  const begin = () =>
    settle(subscribe.mutateAsync(state.public_key), {
      onSuccess: (is_allowed) => {
        if (!is_allowed) setHindered(obstacle());
      },
      onError: () => showToast(t('push_failed'), { tone: 'urgent' }),
    });
  return (
    <p className={styles.row}>
      <span>{t('not_reached_here')}</span>
      <Button size="s" tone="primary" busy={subscribe.isPending} onClick={begin}>
        {t('reach_here')}
      </Button>
    </p>
  );
}

/** Mail, for whoever is nowhere near the app. */
function MailPart({ state }: { state: PushState }) {
  const t = useText();
  const choose = useMailWay();
  if (state.mail === null) return <p className={styles.row}>{t('mail_none')}</p>;
  const ways = ['nothing', 'day', 'release', 'single'] as const;
  const options = ways.map((value) => ({ value, label: t(`mail_${value}`), hint: t(`mail_${value}_hint`) }));
  const chosen = choose.isPending ? choose.variables : state.mail;
  return (
    <div className={styles.below}>
      <Choice legend={t('mail_way')} value={chosen} options={options} onChange={(way) => settle(choose.mutateAsync(way), { onError: tellRefusal })} />
    </div>
  );
}

function DeviceRow({ device }: { device: PushDevice }) {
  const t = useText();
  const now = useMinute();
  const remove = useUnsubscribe();
  const locale = currentLocale();
  const state = device.failing_since !== null ? t('device_failing') : device.told_at !== null ? t('device_told', { time: formatAgo(device.told_at, now, locale) }) : t('device_since', { date: formatDate(device.since, locale) });
  return (
    <CardRow
      title={device.is_this ? t('this_device', { device: device.device }) : device.device}
      text={state}
      end={
        <Button size="s" tone="plain" busy={remove.isPending} aria-label={t('stop_device', { device: device.device })} onClick={() => settle(remove.mutateAsync(device), { onError: tellRefusal })}>
          {t('stop')}
        </Button>
      }
    />
  );
}
