import { IconMessages } from '@tabler/icons-react';
import { useState } from 'react';
import type { TopicFilter as Filter } from '@/api/types';
import { useStart } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { useTopicOverview } from '../movingQueries';
import { FilterPills } from '../parts/FilterPills';
import { TopicList } from '../parts/TopicList';
import styles from '../parts/TopicList.module.css';
import { useText } from '../organising/strings';

const FILTERS = ['all', 'unread', 'mine', 'waiting', 'open', 'resolved', 'decided'] as const satisfies readonly Filter[];

/** Topics of all my channels: what is new, what I wait for, what was decided. */
export function TopicOverviewScreen() {
  const t = useText();
  const { data: start } = useStart();
  const [filter, setFilter] = useState<Filter>('all');
  const topics = useTopicOverview(filter);
  const rows = topics.data?.pages.flatMap((page) => page.items) ?? [];
  const channels = new Map(start?.channels.map((row) => [row.id, row.name]));
  return (
    <Pane>
      <PaneHeader
        title={t('topics')}
        icon={<IconMessages size={19} stroke={1.6} aria-hidden="true" />}
        subtitle={t('overview_subtitle')}
      />
      <PaneBody>
        <div className={styles.sheet}>
          <FilterPills
            label={t('topic_filter')}
            value={filter}
            options={FILTERS.map((value) => ({ value, label: t(`overview_${value}`) }))}
            onChange={setFilter}
          />
          {topics.isPending && <Skeleton rows={6} />}
          {topics.error && <ErrorState error={topics.error} onRetry={() => void topics.refetch()} />}
          {topics.data && rows.length === 0 && (
            <EmptyState
              icon={<IconMessages size={28} stroke={1.4} aria-hidden="true" />}
              text={filter === 'all' ? t('topics_empty') : t(`overview_empty_${filter}`)}
              action={filter === 'all' ? undefined : <Button onClick={() => setFilter('all')}>{t('filter_all')}</Button>}
            />
          )}
          {rows.length > 0 && (
            <TopicList
              topics={rows.map((row) => row.topic)}
              label={t('topics')}
              unread={new Map(rows.map((row) => [row.topic.id, row.n_unread]))}
              where={(topic) => channels.get(topic.channel_id) ?? ''}
            />
          )}
          {topics.hasNextPage && (
            <Button tone="plain" busy={topics.isFetchingNextPage} onClick={() => void topics.fetchNextPage()}>
              {t('more_topics')}
            </Button>
          )}
        </div>
      </PaneBody>
    </Pane>
  );
}
