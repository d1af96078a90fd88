import { LiveScreen } from '@/features/live/screens/LiveScreen';
import { usePlace } from '@/router/usePlace';
import { LiveBackchannel } from './LiveBackchannel';
import { LiveQuestions } from './LiveQuestions';

const parts = { Backchannel: LiveBackchannel, Questions: LiveQuestions };

export function LiveRoute() {
  const { match } = usePlace();
  const { channelId = '', liveId = '' } = match?.params ?? {};
  return <LiveScreen channelId={channelId} liveId={liveId} parts={parts} />;
}
