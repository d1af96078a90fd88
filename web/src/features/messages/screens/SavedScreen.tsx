import { IconBookmark, IconBookmarkOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Id, Message } from '@/api/types';
import { settle } from '@/lib/settle';
import { channelName } from '@/realtime/channelName';
import { findPerson } from '@/realtime/people';
import { useMe, useStart } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { IconButton } from '@/ui/IconButton';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { useKeep, useSaved } from '../keepingQueries';
import kept from '../parts/KeptList.module.css';
import { KeptMessage } from '../parts/PinnedList';
import styles from '../parts/TopicList.module.css';
import { useText } from '../organising/strings';

/** What I keep for later, from all my channels. */
export function SavedScreen() {
  const t = useText();
  const saved = useSaved();
  const items = saved.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = useChannelNames();
  return (
    <Pane>
      <PaneHeader title={t('saved')} icon={<IconBookmark size={19} stroke={1.6} aria-hidden="true" />} subtitle={t('saved_subtitle')} />
      <PaneBody>
        <div className={styles.sheet}>
          {saved.isPending && <Skeleton rows={6} />}
          {saved.error && <ErrorState error={saved.error} onRetry={() => void saved.refetch()} />}
          {saved.data && items.length === 0 && (
            <EmptyState icon={<IconBookmark size={28} stroke={1.4} aria-hidden="true" />} text={t('saved_empty')} />
          )}
          {items.length > 0 && (
            <ul className={kept.list} aria-label={t('saved')}>
              {items.map(({ message }) => (
                <li key={message.id} className={kept.row}>
                  <KeptMessage message={message} where={nameOf(message.channel_id)} />
                  <LetGo message={message} />
                </li>
              ))}
            </ul>
          )}
          {saved.hasNextPage && (
            <Button tone="plain" busy={saved.isFetchingNextPage} onClick={() => void saved.fetchNextPage()}>
              {t('more_saved')}
            </Button>
          )}
        </div>
      </PaneBody>
    </Pane>
  );
}

function LetGo({ message }: { message: Message }) {
  const t = useText();
  const keep = useKeep();
  const undo = () => settle(keep.mutateAsync({ message, what: 'save', on: true }), { onError: tellRefusal });
  const letGo = () =>
    settle(keep.mutateAsync({ message, what: 'save', on: false }), { onError: tellRefusal, onSuccess: () => showToast(t('unsaved'), { action: { label: t('undo'), run: undo } }) });
  return (
    <IconButton label={t('unsave')} onClick={letGo}>
      <IconBookmarkOff size={18} stroke={1.6} aria-hidden="true" />
    </IconButton>
  );
}

function useChannelNames(): (id: Id) => string {
  const cache = useQueryClient();
  const me_id = useMe()?.id ?? '';
  const { data: start } = useStart();
  return (id) => {
    const row = start?.channels.find((candidate) => candidate.id === id);
    return row ? channelName(row, me_id, (person) => findPerson(cache, person)) : '';
  };
}
