import { IconHeartHandshake } from '@tabler/icons-react';
import type { Id, Message } from '@/api/types';
import { Button } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { sayNames } from '../model';
import { useThanks } from '../queries';
import { useText } from '../strings';
import styles from './Thanks.module.css';

type ThanksCardProps = { message: Message; me_id: Id; is_member: boolean; can_manage: boolean; tabIndex: 0 | -1 };

/** Under its message: whom it thanks. */
export function ThanksCard({ message, tabIndex }: ThanksCardProps) {
  const t = useText();
  const { data, error, refetch } = useThanks(message.channel_id, message.id);
  if (!data) {
    return (
      <div className={styles.card}>
        {error ? (
          <>
            <span>{t('failed')}</span>
            <Button size="s" tabIndex={tabIndex} onClick={() => void refetch()}>
              {t('try_again')}
            </Button>
          </>
        ) : (
          <Skeleton rows={1} />
        )}
      </div>
    );
  }
  const names = data.people.filter(({ id }) => data.thanks.people.includes(id)).map(({ name }) => name);
  return (
    <p className={styles.card}>
      <IconHeartHandshake size={18} stroke={1.6} aria-hidden="true" />
      <bdi>{t('thanks_to', { names: names.length > 0 ? sayNames(names) : t('somebody') })}</bdi>
    </p>
  );
}
