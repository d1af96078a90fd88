import type { QueryClient } from '@tanstack/react-query';
import type { Knock } from '@/api/types';
import { personQuery } from '@/realtime/people';
import { currentPlace, navigate } from '@/router/location';
import { showToast } from '@/ui/toast';
import { text } from './strings';

/** A quiet word to whoever looks at the app elsewhere; in the conversation itself a line says it. */
export async function tell(cache: QueryClient, { by_id, channel_id }: Knock): Promise<void> {
  if (currentPlace().match?.params.channelId === channel_id) return;
  const { name } = await cache.fetchQuery(personQuery(by_id));
  const run = () => navigate({ to: '/c/$channelId', params: { channelId: channel_id } });
  showToast(text('good_time', { name }), { action: { label: text('look'), run } });
}
