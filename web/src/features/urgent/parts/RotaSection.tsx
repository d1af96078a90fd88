import { useState } from 'react';
import type { Id, RotaView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { useMinute } from '@/lib/useMinute';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { tellRefusal } from '@/ui/tellRefusal';
import { sayMoment } from '../model';
import { useChangeRota, useNames, useRota, type RotaChange } from '../queries';
import { useText } from '../strings';
import { ChainDialog } from './ChainDialog';
import { HandOverDialog } from './HandOverDialog';
import type { KnownGroups, PickPeople } from './pickPeople';
import { RotaDialog } from './RotaDialog';
import { SwapDialog } from './SwapDialog';
import styles from './Urgent.module.css';

type RotaSectionProps = { space_id: Id; PickPeople: PickPeople; groups: KnownGroups };

/** Who is on call in a space, and who is called when nobody takes it. */
export function RotaSection({ space_id, PickPeople, groups }: RotaSectionProps) {
  const t = useText();
  const { data, error, refetch } = useRota(space_id);
  return (
    <Section title={t('rota')} hint={t('rota_hint')}>
      {data ? <Loaded view={data} PickPeople={PickPeople} groups={groups} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={3} />}
    </Section>
  );
}

type Open = 'rota' | 'chain' | 'swap' | 'hand_over';

function Loaded({ view, PickPeople, groups }: { view: RotaView; PickPeople: PickPeople; groups: KnownGroups }) {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const { rota, can_manage } = view;
  const [open, setOpen] = useState<Open | null>(null);
  const change = useChangeRota(rota.space_id);
  const nameOf = useNames([...rota.members.map(({ person_id }) => person_id), ...rota.chain.flatMap(({ person_id }) => person_id ?? [])]);
  const mine = rota.members.find(({ person_id }) => person_id === me_id);
  const takesPart = can_manage || mine?.has_agreed === true;
  const make = (what: RotaChange) => settle(change.mutateAsync(what), { onError: tellRefusal });
  const close = () => setOpen(null);
  const dialog = { view, nameOf, onClose: close };
  return (
    <div className={styles.rows}>
      <OnCallNow view={view} nameOf={nameOf} />
      {rota.members.length > 0 && (
        <CardList label={t('rota_people')}>
          {rota.members.map(({ person_id, has_agreed }) => (
            <CardRow
              key={person_id}
              title={nameOf(person_id)}
              text={has_agreed ? undefined : t('not_agreed')}
              end={rota.on_call === person_id ? <Chip tone="accent">{t('on_call')}</Chip> : undefined}
            />
          ))}
        </CardList>
      )}
      {mine && (
        <div className={styles.buttons}>
          <Button size="s" tone={mine.has_agreed ? 'plain' : 'primary'} busy={change.isPending} onClick={() => make({ kind: 'agree', agreed: !mine.has_agreed })}>
            {t(mine.has_agreed ? 'not_ready' : 'ready')}
          </Button>
        </div>
      )}
      <ChainLines view={view} nameOf={nameOf} groups={groups} />
      <div className={styles.buttons}>
        {takesPart && rota.on_call !== null && (
          <>
            <Button size="s" tone="outline" onClick={() => setOpen('hand_over')}>
              {t('hand_over')}
            </Button>
            <Button size="s" tone="outline" onClick={() => setOpen('swap')}>
              {t('swap')}
            </Button>
          </>
        )}
        {can_manage && (
          <>
            <Button size="s" tone="outline" onClick={() => setOpen('rota')}>
              {t('change_rota')}
            </Button>
            <Button size="s" tone="outline" onClick={() => setOpen('chain')}>
              {t('change_chain')}
            </Button>
          </>
        )}
      </div>
      {open === 'rota' && <RotaDialog {...dialog} PickPeople={PickPeople} />}
      {open === 'chain' && <ChainDialog {...dialog} PickPeople={PickPeople} groups={groups} />}
      {open === 'swap' && <SwapDialog {...dialog} />}
      {open === 'hand_over' && <HandOverDialog {...dialog} />}
    </div>
  );
}

/** "Bob is on call until Mon 09:00, then Cy." On the reader's clock. */
function OnCallNow({ view: { rota }, nameOf }: { view: RotaView; nameOf: (id: Id) => string }) {
  const t = useText();
  const now = useMinute();
  const locale = currentLocale();
  const [turn, next] = rota.turns;
  if (rota.on_call === null || !turn) return <p className={styles.now}>{t('nobody_on_call')}</p>;
  const time = sayMoment(turn.until, now, locale);
  // A swap is for today; after it the turn goes on.
  const isSwapped = rota.on_call !== turn.person_id;
  const swaps = rota.swaps.map(({ day, person_id }) => t('swapped', { name: nameOf(person_id), day: sayDay(day, locale) }));
  return (
    <div className={styles.now}>
      <p>
        {isSwapped
          ? t('on_call_today', { name: nameOf(rota.on_call), other: nameOf(turn.person_id) })
          : next && next.person_id !== turn.person_id
            ? t('on_call_until', { name: nameOf(turn.person_id), time, next: nameOf(next.person_id) })
            : t('on_call_alone', { name: nameOf(turn.person_id) })}
      </p>
      {swaps.map((swap) => (
        <p key={swap}>{swap}</p>
      ))}
    </div>
  );
}

/** A date has no zone: as UTC it is the same everywhere. */
function sayDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day));
}

function ChainLines({ view: { rota }, nameOf, groups }: { view: RotaView; nameOf: (id: Id) => string; groups: KnownGroups }) {
  const t = useText();
  if (rota.chain.length === 0) return <p className={styles.note}>{t('no_chain')}</p>;
  return (
    <div className={styles.forecast}>
      <b>{t('chain_then')}</b>
      <ol>
        {rota.chain.map(({ person_id, group_id, wait_min }, idx) => (
          <li key={idx}>{t('chain_step', { name: person_id ? nameOf(person_id) : group_id ? (groups.find(({ id }) => id === group_id)?.name ?? t('a_group')) : t('whoever_on_call'), count: wait_min })}</li>
        ))}
      </ol>
    </div>
  );
}
