import type { GatheredThanks, Id, Message, Person } from '@/api/types';
import { Link } from '@/router/Link';
import { Button } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { sayNames } from '../model';
import { useGathering } from '../queries';
import { useText } from '../strings';
import styles from './Thanks.module.css';

type GatheringCardProps = { message: Message; me_id: Id; is_member: boolean; can_manage: boolean; tabIndex: 0 | -1 };

/** Under the message of a week: what was thanked for, one after the other. Nobody is counted. */
export function GatheringCard({ message, tabIndex }: GatheringCardProps) {
  const t = useText();
  const { data, error, refetch } = useGathering(message.channel_id, message.id);
  if (!data) {
    return error ? (
      <Button size="s" tabIndex={tabIndex} onClick={() => void refetch()}>
        {t('try_again')}
      </Button>
    ) : (
      <Skeleton rows={3} />
    );
  }
  if (data.items.length === 0) return <p className={styles.note}>{t('nothing_left')}</p>;
  return (
    <ul className={styles.gathering} aria-label={t('gathering')}>
      {data.items.map((item) => (
        <Item key={item.thanks.message_id} item={item} people={data.people} tabIndex={tabIndex} />
      ))}
    </ul>
  );
}

function Item({ item: { thanks, text, can_open }, people, tabIndex }: { item: GatheredThanks; people: Person[]; tabIndex: 0 | -1 }) {
  const t = useText();
  const nameOf = (id: Id) => people.find((person) => person.id === id)?.name ?? t('somebody');
  const names = thanks.people.length > 0 ? sayNames(thanks.people.map(nameOf)) : t('somebody');
  return (
    <li>
      <b>
        <bdi>{t('from_to', { giver: nameOf(thanks.giver_id), names })}</bdi>
      </b>
      <p dir="auto">{text}</p>
      {can_open && (
        <Link to="/m/$messageId" params={{ messageId: thanks.message_id }} tabIndex={tabIndex}>
          {t('open')}
        </Link>
      )}
    </li>
  );
}
