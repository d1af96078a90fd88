import { useQuery } from '@tanstack/react-query';
import type { Id } from '@/api/types';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { invitableChannelsQuery } from '../queries';
import { useText } from '../strings';
import styles from './GuestChannels.module.css';

export type GuestChannelsProps = { spaceId: Id; chosen: Id[]; onChange: (chosen: Id[]) => void };

/** The channels that a guest shall see; a guest sees nothing else. */
export function GuestChannels({ spaceId, chosen, onChange }: GuestChannelsProps) {
  const t = useText();
  const { data: channels, error, refetch } = useQuery(invitableChannelsQuery(spaceId));
  return (
    <fieldset className={styles.channels}>
      <legend>{t('guest_channels')}</legend>
      {!channels && !error && <Skeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {channels?.map((channel) => (
        <label key={channel.id}>
          <input
            type="checkbox"
            checked={chosen.includes(channel.id)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, channel.id] : chosen.filter((id) => id !== channel.id))}
          />
          <span dir="auto">{channel.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
