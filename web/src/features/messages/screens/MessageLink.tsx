import { useQueryClient } from '@tanstack/react-query';
import { navigate } from '@/router/location';
import { useEffect, useState } from 'react';
import type { Id } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { Skeleton } from '@/ui/Skeleton';
import { TextLink } from '@/ui/TextLink';
import { problemOf } from '@/api/client';
import { fetchPlace } from '../queries';
import { useText } from '../strings';
import { hashFor } from '../target';

/** `/m/<id>`: finds where the message is and goes there. */
export function MessageLink({ messageId }: { messageId: Id }) {
  const t = useText();
  const cache = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [n_tries, setTries] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    setError(null);
    fetchPlace(cache, messageId).then(
      ({ channel_id, topic_id }) => {
        if (!isCurrent) return;
        const goal = { hash: hashFor(messageId), replace: true };
        if (topic_id) navigate({ to: '/c/$channelId/t/$topicId', params: { channelId: channel_id, topicId: topic_id }, ...goal });
        else navigate({ to: '/c/$channelId', params: { channelId: channel_id }, ...goal });
      },
      (reason: unknown) => isCurrent && setError(reason),
    );
    return () => {
      isCurrent = false;
    };
  }, [cache, messageId, n_tries]);

  return (
    <Pane label={t('link_opening')}>
      <h1 className="visually-hidden">{t('link_opening')}</h1>
      {!error && <Skeleton rows={8} />}
      {error !== null && problemOf(error).status === 404 && (
        <EmptyState text={t('link_broken')} action={<TextLink to="/">{t('to_channel')}</TextLink>} />
      )}
      {error !== null && problemOf(error).status !== 404 && <ErrorState error={error} onRetry={() => setTries(n_tries + 1)} />}
    </Pane>
  );
}
