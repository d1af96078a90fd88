import { useQuery } from '@tanstack/react-query';
import type { ChannelView } from '@/api/types';
import { nameOf, useChannelName } from '@/realtime/channelName';
import { Link } from '@/router/Link';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { Face } from '@/ui/Face';
import { placesQuery } from '../queries';
import { useText } from '../strings';
import styles from './PlaceLinks.module.css';

const SHOWN = 4;

/** People and channels that are called as the question says. */
export function PlaceLinks({ words }: { words: string }) {
  const t = useText();
  const { data } = useQuery(placesQuery(words));
  if (!data || (data.people.length === 0 && data.channels.length === 0)) return null;
  return (
    <nav className={styles.places} aria-label={t('places')}>
      {data.channels.slice(0, SHOWN).map((channel) => (
        <ChannelPlace key={channel.id} channel={channel} />
      ))}
      {data.people.slice(0, SHOWN).map((person) => (
        <Link key={person.id} to="/people/$personId" params={{ personId: person.id }} className={styles.place}>
          <Face {...person} size={22} />
          <bdi>{person.name}</bdi>
        </Link>
      ))}
    </nav>
  );
}

function ChannelPlace({ channel }: { channel: ChannelView }) {
  const name = useChannelName(channel);
  return (
    <Link to="/c/$channelId" params={{ channelId: channel.id }} className={styles.place}>
      <ChannelIcon kind={channel.kind} size={16} />
      <bdi>{channel.kind === 'direct' ? nameOf(channel, name) : name}</bdi>
    </Link>
  );
}
