import type { LiveSession } from '@/api/types';
import { LinkButton } from '@/ui/LinkButton';
import { useText } from '../strings';

/** Where what is written beside a session stands. */
export function ToConversation({ session: { channel_id, backchannel_id }, tone }: { session: LiveSession; tone: 'plain' | 'primary' }) {
  const t = useText();
  if (!backchannel_id) {
    return (
      <LinkButton to="/c/$channelId" params={{ channelId: channel_id }} tone={tone}>
        {t('to_conversation')}
      </LinkButton>
    );
  }
  return (
    <LinkButton to="/c/$channelId/t/$topicId" params={{ channelId: channel_id, topicId: backchannel_id }} tone={tone}>
      {t('to_conversation')}
    </LinkButton>
  );
}
