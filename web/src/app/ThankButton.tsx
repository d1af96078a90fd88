import { IconHeartHandshake } from '@tabler/icons-react';
import type { Person } from '@/api/types';
import { useStartDirect } from '@/features/spaces/changes';
import { useChannelRow } from '@/realtime/start';
import { useParams } from '@/router/usePlace';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { useText } from './strings';
import type { Thanking } from './ThanksPerson';

/** Begins to thank somebody: in the conversation that is open, else between the two of us. */
export function ThankButton({ person, onThank }: { person: Person; onThank: (thanking: Thanking) => void }) {
  const t = useText();
  const { channelId = '', topicId = null } = useParams();
  const here = useChannelRow(channelId);
  const begin = useStartDirect();
  const isHere = here?.can_post && (here.kind !== 'direct' || here.people.includes(person.id));
  const thank = () => {
    if (isHere) onThank({ person, channel: here, topic_id: topicId });
    else begin.mutate([person.id], { onSuccess: (channel) => onThank({ person, channel, topic_id: null }) });
  };
  return (
    <div>
      <Button icon={<IconHeartHandshake size={18} stroke={1.6} aria-hidden="true" />} busy={begin.isPending} onClick={thank}>
        {t('say_thanks')}
      </Button>
      <FormError error={begin.error} />
    </div>
  );
}
