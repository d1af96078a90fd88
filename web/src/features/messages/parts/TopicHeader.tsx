import { IconBell, IconBellFilled, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ChannelRow, Id, TopicView } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { PaneHeader } from '@/ui/PaneHeader';
import { nameOf } from '../channelName';
import { useText } from '../strings';
import { useFollow } from '../topicQueries';
import { TopicDialogs, type TopicDialog } from './TopicDialogs';
import { TopicStateMenu } from './TopicStateMenu';
import { useChannelName } from './useChannelName';

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
            {view && <TopicStateMenu channel={channel} topic={view.topic} onDialog={setDialog} />}
            {view && (
              <IconButton
                label={view.following ? t('following') : t('follow')}
                aria-pressed={view.following}
                onClick={() => follow.mutate(!view.following)}
              >
                <Bell size={18} stroke={1.6} aria-hidden="true" />
              </IconButton>
            )}
            <IconButton label={t('close_topic')} onClick={onClose}>
              <IconX size={20} stroke={1.6} aria-hidden="true" />
            </IconButton>
          </>
        }
      />
      {view && <TopicDialogs dialog={dialog} topic={view.topic} onClose={() => setDialog(null)} />}
    </>
  );
}
