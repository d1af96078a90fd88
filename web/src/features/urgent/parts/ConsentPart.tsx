import type { Id } from '@/api/types';
import { settle } from '@/lib/settle';
import { useStart } from '@/realtime/start';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { tellRefusal } from '@/ui/tellRefusal';
import { useChangeConsent, useConsents, type ConsentPlace } from '../queries';
import { useText } from '../strings';
import styles from './Urgent.module.css';

/** Where what is urgent may wake me: for whole spaces, or for single channels. */
export function ConsentPart() {
  const t = useText();
  const { data: start } = useStart();
  const { data, error, refetch } = useConsents();
  const change = useChangeConsent();
  const make = (place: ConsentPlace, agreed: boolean) =>
    settle(change.mutateAsync({ place, agreed }), { onError: tellRefusal });
  if (!data || !start) {
    return <Section title={t('may_wake')}>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={2} />}</Section>;
  }
  const isIn = (id: Id) => data.items.some(({ space_id, channel_id }) => space_id === id || channel_id === id);
  const spaces = start.spaces.filter(({ archived, my_role }) => !archived && my_role !== null);
  const channels = start.channels.filter(({ space_id, kind }) => kind !== 'direct' && space_id !== null);
  return (
    <Section title={t('may_wake')} hint={t('may_wake_hint')}>
      <div className={styles.rows}>
        {spaces.length === 0 && <p className={styles.note}>{t('no_spaces')}</p>}
        {spaces.map((space) => {
          const ofSpace = channels.filter(({ space_id }) => space_id === space.id);
          return (
            <div key={space.id}>
              <Switch label={space.name} checked={isIn(space.id)} onChange={(agreed) => make({ kind: 'spaces', id: space.id }, agreed)} />
              {!isIn(space.id) && ofSpace.length > 0 && (
                <details className={styles.trail} open={ofSpace.some(({ id }) => isIn(id)) || undefined}>
                  <summary>{t('single_channels', { name: space.name })}</summary>
                  <div className={styles.rows}>
                    {ofSpace.map((channel) => (
                      <Switch key={channel.id} label={`#${channel.name}`} checked={isIn(channel.id)} onChange={(agreed) => make({ kind: 'channels', id: channel.id }, agreed)} />
                    ))}
                  </div>
                </details>
              )}
            </div>
          );
        })}
      </div>
    </Section>
  );
}
