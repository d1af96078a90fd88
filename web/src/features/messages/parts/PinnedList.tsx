import { useQueryClient } from '@tanstack/react-query';
import type { Id, Message } from '@/api/types';
import { Link } from '@/router/Link';
import { findMentioned } from '@/realtime/named';
import { usePerson } from '@/realtime/people';
import { ErrorState } from '@/ui/ErrorState';
import { PanelHeading } from '@/ui/PanelHeading';
import { Skeleton } from '@/ui/Skeleton';
import { usePins } from '../keepingQueries';
import { decodeMentions } from '../model';
import { useText } from '../organising/strings';
import { fullTimeOf } from '../time';
import styles from './KeptList.module.css';

/** What a channel has pinned, each a link to its place. */
export function PinnedList({ channelId }: { channelId: Id }) {
  const t = useText();
  const { data: pins, error, refetch } = usePins(channelId);
  return (
    <section className={styles.pins}>
      <PanelHeading className={styles.heading}>{t('pins')}</PanelHeading>
      {!pins && !error && <Skeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {pins?.length === 0 && <p className={styles.none}>{t('pins_none')}</p>}
      {pins && pins.length > 0 && (
        <ul className={styles.list}>
          {pins.map(({ message }) => (
            <li key={message.id}>
              <KeptMessage message={message} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A message in three lines. */
export function KeptMessage({ message, where }: { message: Message; where?: string }) {
  const t = useText();
  const cache = useQueryClient();
  const name = usePerson(message.author_id)?.name ?? t('unknown_person');
  const { text } = decodeMentions(message.text || (message.forward?.text ?? ''), (id) => findMentioned(cache, id));
  return (
    <Link to="/m/$messageId" params={{ messageId: message.id }} className={styles.item}>
      <small>
        <b>
          <bdi>{name}</bdi>
        </b>
        {where && <bdi>{where}</bdi>}
        <span>{fullTimeOf(message.at)}</span>
      </small>
      <span dir="auto">{text}</span>
    </Link>
  );
}
