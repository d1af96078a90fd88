import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { useStart } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { retentionQuery, ruleOf, spacesQuery, type RetentionPlace } from '../retention';
import { useText } from '../strings';
import { HoldDialog } from './HoldDialog';
import { HoldRow } from './HoldRow';
import { RetentionRow } from './RetentionRow';

/** How long messages stay in the workspace, its spaces and the channels with a rule of their own, and what is held. */
export function RetentionPage() {
  const t = useText();
  const { data: start } = useStart();
  const { data: retention, error, refetch } = useQuery(retentionQuery);
  const { data: spaces } = useQuery(spacesQuery);
  const [isHolding, setHolding] = useState(false);
  const holdPerson = <Button onClick={() => setHolding(true)}>{t('hold_person')}</Button>;
  const hasRule = (id: Id) => retention !== undefined && ruleOf(retention, id) !== undefined;
  const places: RetentionPlace[] = start
    ? [
        { id: start.workspace.id, name: start.workspace.name, kind: 'workspace' },
        ...(spaces?.items ?? []).map(({ id, name }) => ({ id, name, kind: 'space' }) as const),
        ...start.channels.filter(({ id, kind }) => kind !== 'direct' && hasRule(id)).map(({ id, name }) => ({ id, name, kind: 'channel' }) as const),
      ]
    : [];
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!retention) return <Skeleton />;
  return (
    <>
      <Section title={t('retention')} hint={t('retention_hint')}>
        <CardList label={t('retention')}>
          {places.map((place) => (
            <RetentionRow key={place.id} place={place} rule={ruleOf(retention, place.id)} />
          ))}
        </CardList>
      </Section>
      <Section title={t('holds')} hint={t('holds_hint')} actions={retention.holds.length > 0 && holdPerson}>
        {retention.holds.length === 0 && <EmptyState text={t('no_holds')} action={holdPerson} />}
        {retention.holds.length > 0 && (
          <CardList label={t('holds')}>
            {retention.holds.map((hold) => (
              <HoldRow key={hold.subject_id} hold={hold} />
            ))}
          </CardList>
        )}
      </Section>
      {isHolding && <HoldDialog onClose={() => setHolding(false)} />}
    </>
  );
}
