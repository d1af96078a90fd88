import type { Id } from '@/api/types';
import { navigate } from '@/router/location';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { useTopicInstead } from '../queries';
import { useText } from '../strings';

type TopicInsteadProps = { channelId: Id | null; title: string; text: string };

/** The same as a topic, which everybody reads in their own time. */
export function TopicInstead({ channelId, title, text }: TopicInsteadProps) {
  const t = useText();
  const begin = useTopicInstead();
  if (!channelId) return <p>{t('topic_needs_channel')}</p>;
  const write = () =>
    begin.mutate({ channelId, title, text }, { onSuccess: (topic) => navigate({ to: '/c/$channelId/t/$topicId', params: { channelId, topicId: topic.id } }) });
  return (
    <>
      <div>
        <Button size="s" busy={begin.isPending} disabled={title.trim() === ''} onClick={write}>
          {t('begin_topic')}
        </Button>
      </div>
      <FormError error={begin.error} />
    </>
  );
}
