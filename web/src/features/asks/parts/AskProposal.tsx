import { IconX } from '@tabler/icons-react';
import type { ChannelRow, Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { useAskPreview } from '../queries';
import { useText } from '../strings';
import styles from './Asks.module.css';
import { Absences, useTimes } from './Forecast';
import { useNames } from './useNames';

type AskProposalProps = { channel: ChannelRow; topic_id: Id | null; people: readonly Id[]; onAsk: () => void; onDismiss: () => void };

/** "Ask Ana for an answer by Mon 13:00?" It never comes back for the same message. */
export function AskProposal({ channel, topic_id, people, onAsk, onDismiss }: AskProposalProps) {
  const t = useText();
  const names = useNames(people);
  const { data } = useAskPreview(channel.id, topic_id, { people: [...people], kind: 'question' }, true);
  const times = useTimes(data);
  // Nobody here can be asked, or the server is out of reach: nothing is offered.
  if (!data || data.people.length < people.length) return null;
  return (
    <div className={styles.bar} data-proposal="">
      <div className={styles.grow}>
        <p>{times.first ? t('propose', { names, time: times.first }) : t('propose_no_time', { names })}</p>
        <Absences preview={data} />
      </div>
      <Button size="s" tone="soft" onClick={onAsk}>
        {t('ask')}
      </Button>
      <IconButton label={t('propose_dismiss')} size="s" onClick={onDismiss}>
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
