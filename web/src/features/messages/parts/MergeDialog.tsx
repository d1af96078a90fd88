import { IconMessage } from '@tabler/icons-react';
import { useState } from 'react';
import type { Topic } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { Skeleton } from '@/ui/Skeleton';
import { useMerge } from '../movingQueries';
import { useText } from '../organising/strings';
import { useTopics } from '../topicQueries';
import { TargetList } from './TargetList';
import styles from './TargetList.module.css';

/** Puts a whole topic into another one of its channel. */
export function MergeDialog({ topic, onClose }: { topic: Topic; onClose: () => void }) {
  const t = useText();
  const [target, setTarget] = useState<string | null>(null);
  const topics = useTopics(topic.channel_id, null);
  const merge = useMerge(topic.channel_id, topic.id);
  const others = (topics.data?.pages.flatMap((page) => page.items) ?? []).filter((other) => other.id !== topic.id);
  const options = others.map((other) => ({
    key: other.id,
    name: other.title,
    note: t(`state_${other.state}`),
    icon: <IconMessage size={18} stroke={1.6} aria-hidden="true" />,
  }));
  const submit = () => target && merge.mutate(target, { onSuccess: onClose });
  return (
    <Dialog
      title={t('merge_title', { title: topic.title })}
      hint={t('merge_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={merge.isPending} disabled={!target} onClick={submit}>
            {t('merge')}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {topics.isPending && <Skeleton rows={3} />}
        {topics.data && <TargetList label={t('merge_into')} options={options} value={target} onChange={setTarget} none={t('merge_none')} />}
        {topics.hasNextPage && (
          <Button tone="plain" busy={topics.isFetchingNextPage} onClick={() => void topics.fetchNextPage()}>
            {t('more_topics')}
          </Button>
        )}
        <FormError error={merge.error ?? topics.error} />
      </div>
    </Dialog>
  );
}
