import { IconMessages } from '@tabler/icons-react';
import { useState } from 'react';
import type { Id, TopicState } from '@/api/types';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { LinkButton } from '@/ui/LinkButton';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { TopicFilter } from '../parts/TopicFilter';
import { TopicList } from '../parts/TopicList';
import styles from '../parts/TopicList.module.css';
import { nameOf, useChannelName } from '@/realtime/channelName';
import { useChannel } from '../queries';
import { useText } from '../strings';
import { useTopics } from '../topicQueries';

export function TopicsScreen({ channelId }: { channelId: Id }) {
  const t = useText();
  const { channel } = useChannel(channelId);
  const name = useChannelName(channel);
  const [state, setState] = useState<TopicState | null>(null);
  const topics = useTopics(channelId, state);
  const items = topics.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Pane>
      <PaneHeader
        title={t('topics')}
        icon={<IconMessages size={19} stroke={1.6} aria-hidden="true" />}
        subtitle={channel ? nameOf(channel, name) : ''}
        actions={
          <LinkButton to="/c/$channelId" params={{ channelId }}>
            {t('to_channel')}
          </LinkButton>
        }
      />
      <PaneBody>
        <div className={styles.sheet}>
          <TopicFilter value={state} onChange={setState} />
          {topics.isPending && <Skeleton rows={6} />}
          {topics.error && <ErrorState error={topics.error} onRetry={() => void topics.refetch()} />}
          {topics.data && items.length === 0 && (
            <EmptyState
              icon={<IconMessages size={28} stroke={1.4} aria-hidden="true" />}
              text={state ? t('topics_empty_state') : t('topics_empty')}
              action={
                state ? (
                  <Button onClick={() => setState(null)}>{t('filter_all')}</Button>
                ) : (
                  <LinkButton to="/c/$channelId" params={{ channelId }}>
                    {t('to_channel')}
                  </LinkButton>
                )
              }
            />
          )}
          {items.length > 0 && <TopicList topics={items} label={t('topics_of', { name })} />}
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
