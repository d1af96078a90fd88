import { useState } from 'react';
import type { OfficePlace, OfficeView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { formatTime } from '@/lib/time';
import { uuidv7 } from '@/lib/uuidv7';
import { usePerson } from '@/realtime/people';
import { navigate } from '@/router/location';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { LinkButton } from '@/ui/LinkButton';
import { tellRefusal } from '@/ui/tellRefusal';
import { useCallNext, useEndOffice, useLater, useLeavePlace } from '../queries';
import { useText } from '../strings';
import { LaterDialog } from './LaterDialog';
import styles from './Office.module.css';

/** For whoever receives: who waits and for what, and the way to the next. */
export function HostPart({ view: { office }, queue, tabIndex }: { view: OfficeView; queue: readonly OfficePlace[]; tabIndex: 0 | -1 }) {
  const t = useText();
  const [open, setOpen] = useState<'later' | 'end' | null>(null);
  const call = useCallNext(office.channel_id, office.id);
  const later = useLater(office.channel_id, office.id);
  const end = useEndOffice(office.channel_id, office.id);
  const callNext = () => {
    const wanted = { live_id: uuidv7(), message_id: uuidv7(), about: t('call_about') };
    settle(call.mutateAsync(wanted), {
      onSuccess: ({ queue: after }) => {
        const channelId = after?.find(({ live_id }) => live_id === wanted.live_id)?.live_channel_id;
        if (channelId) navigate({ to: '/c/$channelId/live/$liveId', params: { channelId, liveId: wanted.live_id } });
      },
      onError: tellRefusal,
    });
  };
  return (
    <>
      {queue.length > 0 && (
        <ol className={styles.queue} aria-label={t('queue')}>
          {queue.map((place) => (
            <Row key={place.person_id} channel_id={office.channel_id} office_id={office.id} place={place} tabIndex={tabIndex} />
          ))}
        </ol>
      )}
      <div className={styles.row}>
        <Button size="s" tone="primary" tabIndex={tabIndex} busy={call.isPending} disabled={office.n_waiting === 0} onClick={callNext}>
          {t('call_next')}
        </Button>
        {office.later_at === null ? (
          <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => setOpen('later')}>
            {t('later')}
          </Button>
        ) : (
          <Button size="s" tone="plain" tabIndex={tabIndex} busy={later.isPending} onClick={() => settle(later.mutateAsync(null), { onError: tellRefusal })}>
            {t('go_on')}
          </Button>
        )}
        <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => setOpen('end')}>
          {t('end')}
        </Button>
      </div>
      {open === 'later' && <LaterDialog office={office} onClose={() => setOpen(null)} />}
      {open === 'end' && (
        <ConfirmDialog title={t('end_title')} confirmLabel={t('end')} error={end.error} busy={end.isPending} onConfirm={() => end.mutate(undefined, { onSuccess: () => setOpen(null) })} onClose={() => setOpen(null)}>
          {t('end_hint')}
        </ConfirmDialog>
      )}
    </>
  );
}

type RowProps = { channel_id: string; office_id: string; place: OfficePlace; tabIndex: 0 | -1 };

function Row({ channel_id, office_id, place, tabIndex }: RowProps) {
  const t = useText();
  const name = usePerson(place.person_id)?.name ?? t('somebody');
  const leave = useLeavePlace(channel_id, office_id);
  return (
    <li>
      <span>
        <b dir="auto">{name}</b>
        <small dir="auto">{place.about || t('no_note')}</small>
        {place.called_at !== null && <small>{place.arrived_at === null ? t('inside') : t('is_inside')}</small>}
      </span>
      {place.live_id && place.live_channel_id ? (
        <LinkButton to="/c/$channelId/live/$liveId" params={{ channelId: place.live_channel_id, liveId: place.live_id }} size="s" tabIndex={tabIndex}>
          {t('go_in')}
        </LinkButton>
      ) : (
        <>
          <time>{formatTime(place.promised_at, currentLocale())}</time>
          <Button size="s" tone="plain" tabIndex={tabIndex} aria-label={t('take_away', { name })} busy={leave.isPending} onClick={() => settle(leave.mutateAsync(place.person_id), { onError: tellRefusal })}>
            ×
          </Button>
        </>
      )}
    </li>
  );
}
