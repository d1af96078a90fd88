import type { ChannelView, SearchHit } from '@/api/types';
import { nameOf, useChannelName } from '@/realtime/channelName';
import { useText } from '../strings';

/** "#general, in the topic Old harbour". */
export function HitPlace({ hit, channel }: { hit: SearchHit; channel: ChannelView | undefined }) {
  const t = useText();
  const name = useChannelName(channel);
  return (
    <>
      <bdi>{channel && nameOf(channel, name)}</bdi>
      {hit.kind === 'message' && hit.topic_title && (
        <>
          {' · '}
          <bdi>{t('in_topic', { title: hit.topic_title })}</bdi>
        </>
      )}
    </>
  );
}
