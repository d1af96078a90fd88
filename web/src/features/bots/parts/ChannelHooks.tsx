import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id, IncomingHook, OutgoingHook } from '@/api/types';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { ErrorState } from '@/ui/ErrorState';
import { PanelHeading } from '@/ui/PanelHeading';
import { Skeleton } from '@/ui/Skeleton';
import { hooksQuery } from '../queries';
import { useText } from '../strings';
import styles from './ChannelHooks.module.css';
import { DeliveriesDialog } from './DeliveriesDialog';
import { IncomingDialog } from './IncomingDialog';
import { IncomingRow } from './IncomingRow';
import { OutgoingDialog } from './OutgoingDialog';
import { OutgoingRow } from './OutgoingRow';
import { RemoveHookDialog } from './RemoveHookDialog';

type Open =
  | { kind: 'incoming' }
  | { kind: 'outgoing' }
  | { kind: 'log'; hook: OutgoingHook }
  | { kind: 'remove_incoming'; hook: IncomingHook }
  | { kind: 'remove_outgoing'; hook: OutgoingHook };

/** Doors for programs, into the channel and out of it. */
export function ChannelHooks({ channelId }: { channelId: Id }) {
  const t = useText();
  const { data: hooks, error, refetch } = useQuery(hooksQuery(channelId));
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const isEmpty = hooks && hooks.incoming.length + hooks.outgoing.length === 0;
  return (
    <section className={styles.hooks}>
      <PanelHeading>{t('hooks')}</PanelHeading>
      <p className={styles.hint}>{isEmpty ? t('no_hooks') : t('hooks_hint')}</p>
      {!hooks && !error && <Skeleton rows={1} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {hooks && !isEmpty && (
        <CardList label={t('hooks')}>
          {hooks.incoming.map((hook) => (
            <IncomingRow key={hook.id} hook={hook} people={hooks.people} onRemove={() => setOpen({ kind: 'remove_incoming', hook })} />
          ))}
          {hooks.outgoing.map((hook) => (
            <OutgoingRow
              key={hook.id}
              hook={hook}
              people={hooks.people}
              onLog={() => setOpen({ kind: 'log', hook })}
              onRemove={() => setOpen({ kind: 'remove_outgoing', hook })}
            />
          ))}
        </CardList>
      )}
      {hooks && (
        <div className={styles.add}>
          <Button size="s" tone="outline" onClick={() => setOpen({ kind: 'incoming' })}>
            {t('add_incoming')}
          </Button>
          <Button size="s" tone="outline" onClick={() => setOpen({ kind: 'outgoing' })}>
            {t('add_outgoing')}
          </Button>
        </div>
      )}
      {open?.kind === 'incoming' && <IncomingDialog channelId={channelId} onClose={close} />}
      {open?.kind === 'outgoing' && <OutgoingDialog channelId={channelId} onClose={close} />}
      {open?.kind === 'log' && <DeliveriesDialog hook={open.hook} onClose={close} />}
      {open?.kind === 'remove_incoming' && (
        <RemoveHookDialog way="incoming" channelId={channelId} id={open.hook.id} name={open.hook.bot.name} onClose={close} />
      )}
      {open?.kind === 'remove_outgoing' && (
        <RemoveHookDialog way="outgoing" channelId={channelId} id={open.hook.id} name={open.hook.name} onClose={close} />
      )}
    </section>
  );
}
