import { IconVideo } from '@tabler/icons-react';
import { useState } from 'react';
import type { Meeting } from '@/api/types';
import { LiveDialog } from '@/features/live/parts/LiveDialog';
import { useChannelRow } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { useText } from './strings';

/** A meeting goes live where it belongs, with its agenda; who is invited is called. */
export function MeetingLive({ meeting }: { meeting: Meeting }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const channel = useChannelRow(meeting.channel_id ?? '');
  if (!channel?.can_post) return null;
  const called = meeting.people.map(({ person_id }) => `<@${person_id}>`).join(' ');
  return (
    <>
      <Button size="s" icon={<IconVideo size={16} stroke={1.8} aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('go_live')}
      </Button>
      {isOpen && (
        <LiveDialog channel={channel} topic_id={meeting.topic_id} text="" words={`${meeting.title}\n\n${called}`} agenda={meeting.agenda} onClose={() => setOpen(false)} onDone={() => undefined} />
      )}
    </>
  );
}
