import { untilThere } from '@/lib/untilThere';
import { IconBell, IconBellFilled, IconBellOff, IconMessages, IconVideo, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { ChannelRow, Id, TopicView } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { PaneHeader } from '@/ui/PaneHeader';
import { classes } from '@/lib/classes';
import { askForLevel } from '@/lib/levelDialog';
import { levelIn } from '@/realtime/levels';
import { useStart } from '@/realtime/start';
import { navigate } from '@/router/location';
import { useCardParts } from '../cards';
import { openInsert } from '../inserting';
import { useText } from '../strings';
import type { TopicDialog } from './TopicDialogs';
import { TopicStateMenu } from './TopicStateMenu';
import styles from './TopicHeader.module.css';
import { nameOf, useChannelName } from '@/realtime/channelName';

const TopicDialogs = lazy(() => untilThere(() => import('./TopicDialogs')).then((module) => ({ default: module.TopicDialogs })));

type TopicHeaderProps = { channel: ChannelRow; view: TopicView | undefined; topicId: Id; onClose: () => void };

export function TopicHeader({ channel, view, topicId, onClose }: TopicHeaderProps) {
  const t = useText();
  const name = useChannelName(channel);
  const parts = useCardParts();
  const { data: start } = useStart();
  const [dialog, setDialog] = useState<TopicDialog | null>(null);
  const level = start && levelIn(start, channel, topicId);
  // Whoever takes part is answered, where they have not said otherwise of this topic.
  const isAnswered = level === 'needs_me' && view?.following === true && !start?.levels[topicId];
  const Bell = level === 'nothing' ? IconBellOff : level === 'all' || isAnswered ? IconBellFilled : IconBell;
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
          {channel.can_post && parts?.dialogs.live && (
            <button type="button" className={classes(styles.pill, styles.live)} onClick={() => openInsert({ kind: 'live', channel_id: channel.id, topic_id: topicId })}>
              <IconVideo size={16} stroke={1.6} aria-hidden="true" />
              {t('take_live')}
            </button>
          )}
          {level && channel.is_member && (
            <button
              type="button"
              className={styles.pill}
              title={t('told')}
              onClick={() => askForLevel({ kind: 'topic', id: topicId, channel_id: channel.id, name: view.topic.title })}
            >
              <Bell size={16} stroke={1.6} aria-hidden="true" />
              <span className="visually-hidden">{t('told')}: </span>
              {isAnswered ? t('told_replies') : t(`told_${level}`)}
            </button>
          )}
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
