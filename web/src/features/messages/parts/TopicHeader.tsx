import { untilThere } from '@/lib/untilThere';
import { IconBell, IconBellFilled, IconMessages, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { ChannelRow, Id, TopicView } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { PaneHeader } from '@/ui/PaneHeader';
import { navigate } from '@/router/location';
import { useText } from '../strings';
import { useFollow } from '../topicQueries';
import type { TopicDialog } from './TopicDialogs';
import { TopicStateMenu } from './TopicStateMenu';
import styles from './TopicHeader.module.css';
import { nameOf, useChannelName } from '@/realtime/channelName';

const TopicDialogs = lazy(() => untilThere(() => import('./TopicDialogs')).then((module) => ({ default: module.TopicDialogs })));

type TopicHeaderProps = { channel: ChannelRow; view: TopicView | undefined; topicId: Id; onClose: () => void };

export function TopicHeader({ channel, view, topicId, onClose }: TopicHeaderProps) {
  const t = useText();
  const name = useChannelName(channel);
  const follow = useFollow(channel.id, topicId);
  const [dialog, setDialog] = useState<TopicDialog | null>(null);
  const Bell = view?.following ? IconBellFilled : IconBell;
  return (
    <>
      <PaneHeader
        level={2}
        title={view?.topic.title ?? t('topic')}
        subtitle={nameOf(channel, name)}
        back={null}
        focusKey={topicId}
        actions={
          <>
            <IconButton
              label={t('export_transcript')}
              onClick={() =>
                navigate({ to: '/c/$channelId/t/$topicId', params: { channelId: channel.id, topicId }, search: { transcript: true } })
              }
            >
              <IconMessages size={20} stroke={1.6} aria-hidden="true" />
            </IconButton>
            <IconButton label={t('close_topic')} onClick={onClose}>
              <IconX size={20} stroke={1.6} aria-hidden="true" />
            </IconButton>
          </>
        }
      />
      {view && (
        <div className={styles.bar}>
          <TopicStateMenu channel={channel} topic={view.topic} onDialog={setDialog} />
          <button
            type="button"
            className={styles.pill}
            aria-pressed={view.following}
            title={t('follow_hint')}
            onClick={() => follow.mutate(!view.following)}
          >
            <Bell size={16} stroke={1.6} aria-hidden="true" />
            {view.following ? t('following') : t('follow')}
          </button>
        </div>
      )}
      {view && dialog && (
        <Suspense fallback={null}>
          <TopicDialogs dialog={dialog} topic={view.topic} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </>
  );
}
