import { useState } from 'react';
import type { AdviceMode, AdviceNature, AdvicePurpose, AdviceUrgency, ChannelRow, Id, MeetingAim } from '@/api/types';
import { useMe } from '@/realtime/start';
import { proposeMeeting } from '../proposing';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { useAdvice } from '../queries';
import { useText } from '../strings';
import styles from './Advice.module.css';
import { EstimateLine } from './EstimateLine';

const purposes = ['problem', 'explore', 'decide', 'feedback', 'inform', 'show', 'bond'] as const satisfies readonly AdvicePurpose[];
const urgencies = ['high', 'medium', 'low'] as const satisfies readonly AdviceUrgency[];
const natures = ['simple', 'tangled', 'thoughtful', 'sensitive'] as const satisfies readonly AdviceNature[];
/** What a meeting is for when it is what was suggested. */
const aims: Record<AdvicePurpose, MeetingAim> = {
  problem: 'decide',
  explore: 'explore',
  decide: 'decide',
  feedback: 'explore',
  inform: 'inform',
  show: 'explore',
  bond: 'bond',
};

type AdviceDialogProps = {
  channel: ChannelRow;
  topic_id: Id | null;
  onClose: () => void;
  /** Another of the dialogs of the composer. */
  onInstead: (kind: string) => void;
  /** Null where a topic cannot begin. */
  onNewTopic: (() => void) | null;
};

/** Three questions, one suggestion, one click to act. */
export function AdviceDialog({ channel, topic_id, onClose, onInstead, onNewTopic }: AdviceDialogProps) {
  const t = useText();
  const me_id = useMe()?.id;
  const [purpose, setPurpose] = useState<AdvicePurpose>('decide');
  const [urgency, setUrgency] = useState<AdviceUrgency>('medium');
  const [nature, setNature] = useState<AdviceNature>('simple');
  const { data: advice, error } = useAdvice(channel.id, topic_id, { purpose, urgency, nature });
  const mode = advice && inPlace(advice.mode, onNewTopic !== null);

  const act = () => {
    if (!advice || !mode) return;
    onClose();
    if (mode === 'poll' || mode === 'urgent') onInstead(mode);
    else if (mode === 'topic') onNewTopic?.();
    else if (mode === 'meeting' || mode === 'one_to_one') {
      const others = (advice.estimate?.people ?? []).filter((id) => id !== me_id);
      const isOfTwo = mode === 'one_to_one' && others.length === 1;
      const people = mode === 'one_to_one' && !isOfTwo ? [] : others;
      proposeMeeting({
        people,
        at: people.length > 0 ? (advice.estimate?.live ?? null) : null,
        minutes: mode === 'meeting' ? 30 : (advice.estimate?.talk_minutes ?? 15),
        aim: mode === 'one_to_one' ? (nature === 'sensitive' ? 'sensitive' : 'one_to_one') : aims[purpose],
      });
    }
  };

  return (
    <Dialog
      title={t('title')}
      hint={t('note')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('close')}
          </Button>
          {mode && mode !== 'call' && mode !== 'clip' && mode !== 'document' && (
            <Button tone="primary" onClick={act}>
              {t(`do_${mode}`)}
            </Button>
          )}
        </>
      }
    >
      <Form onSubmit={act}>
        <Select label={t('purpose')} value={purpose} options={purposes.map((value) => ({ value, label: t(`purpose_${value}`) }))} onChange={setPurpose} />
        <Choice legend={t('urgency')} row value={urgency} options={urgencies.map((value) => ({ value, label: t(`urgency_${value}`) }))} onChange={setUrgency} />
        <Choice legend={t('nature')} value={nature} options={natures.map((value) => ({ value, label: t(`nature_${value}`) }))} onChange={setNature} />
        <FormError error={error} />
        <section className={styles.told} aria-label={t('suggestion')} aria-live="polite">
          {advice && mode && (
            <>
              <h3>{t(`mode_${mode}`)}</h3>
              <p>{advice.reasons.map((reason) => t(`reason_${reason}`)).join(' ')}</p>
              {advice.estimate && (
                <p>
                  <EstimateLine estimate={advice.estimate} />
                </p>
              )}
            </>
          )}
        </section>
      </Form>
    </Dialog>
  );
}

/** In a topic its own messages are the topic. */
function inPlace(mode: AdviceMode, canBegin: boolean): AdviceMode {
  return mode === 'topic' && !canBegin ? 'chat' : mode;
}
