import { IconEraser } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { removalsQuery } from '../queries';
import { useText } from '../strings';
import { ChannelSelect } from './ChannelSelect';
import styles from './Moderation.module.css';
import { RemovalRow } from './RemovalRow';

/** Who removed what, the newest first. */
export function RemovalsPart() {
  const t = useText();
  const [channel_id, setChannel] = useState<Id | null>(null);
  const removals = useInfiniteQuery(removalsQuery(channel_id));
  return (
    <Section title={t('removals')} hint={t('removals_hint')}>
      <div className={styles.filters}>
        <ChannelSelect value={channel_id} onChange={setChannel} />
      </div>
      {removals.isPending && <Skeleton rows={3} />}
      {removals.error && <ErrorState error={removals.error} onRetry={() => void removals.refetch()} />}
      {removals.data?.length === 0 && (
        <EmptyState
          icon={<IconEraser size={24} stroke={1.6} aria-hidden="true" />}
          text={t('removals_empty')}
          {...(channel_id && { action: <Button onClick={() => setChannel(null)}>{t('show_all')}</Button> })}
        />
      )}
      {removals.data && removals.data.length > 0 && (
        <CardList label={t('removals')}>
          {removals.data.map((removal) => (
            <RemovalRow key={removal.message_id} removal={removal} />
          ))}
        </CardList>
      )}
      {removals.hasNextPage && (
        <Button tone="plain" busy={removals.isFetchingNextPage} onClick={() => void removals.fetchNextPage()}>
          {t('show_more')}
        </Button>
      )}
    </Section>
  );
}
