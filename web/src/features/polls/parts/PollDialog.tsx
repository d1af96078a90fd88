import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { ChannelRow, Id } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { IconButton } from '@/ui/IconButton';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { useAsk } from '../queries';
import { useText } from '../strings';
import styles from './PollCard.module.css';

const MAX_ANSWERS = 12;
const MAX_ANSWER_CHARACTERS = 200;
const HOUR_US = 3_600_000_000;
/** How long a poll stays open; `never`: until somebody closes it. */
const LASTING = { never: null, hour: HOUR_US, day: 24 * HOUR_US, week: 7 * 24 * HOUR_US } as const;
type Lasting = keyof typeof LASTING;

type PollDialogProps = { channel: ChannelRow; topic_id: Id | null; text: string; onClose: () => void; onDone: () => void };

export function PollDialog({ channel, topic_id, text, onClose, onDone }: PollDialogProps) {
  const t = useText();
  const [ids] = useState(() => ({ id: uuidv7(), message_id: uuidv7() }));
  const [question, setQuestion] = useState(text);
  const [answers, setAnswers] = useState(['', '']);
  const [multiple, setMultiple] = useState(false);
  const [anonymous, setAnonymous] = useState(false);
  const [lasting, setLasting] = useState<Lasting>('never');
  const ask = useAsk(channel.id);
  const options = answers.map((answer) => answer.trim()).filter((answer) => answer !== '');
  const isReady = question.trim() !== '' && options.length >= 2;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || ask.isPending) return;
    const open_us = LASTING[lasting];
    const request = {
      ...ids,
      question: question.trim(),
      options,
      multiple,
      anonymous,
      ...(topic_id && { topic_id }),
      ...(open_us !== null && { closes_at: Date.now() * 1000 + open_us }),
    };
    ask.mutate(request, {
      onSuccess: () => {
        onClose();
        if (text.trim() !== '') onDone();
      },
    });
  };

  return (
    <Dialog
      title={t('new_poll')}
      hint={t('poll_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form="new-poll" busy={ask.isPending} disabled={!isReady}>
            {t('ask')}
          </Button>
        </>
      }
    >
      <form id="new-poll" className={styles.fields} onSubmit={submit}>
        <TextArea label={t('question')} value={question} onChange={setQuestion} rows={2} data-autofocus="" />
        <div className={styles.answers} role="group" aria-label={t('answers')}>
          {answers.map((answer, idx) => (
            <div key={idx} className={styles.answer}>
              <TextField
                label={t('answer', { n: idx + 1 })}
                value={answer}
                onChange={(value) => setAnswers(answers.with(idx, value))}
                maxLength={MAX_ANSWER_CHARACTERS}
              />
              {answers.length > 2 && (
                <IconButton label={t('remove_answer', { n: idx + 1 })} onClick={() => setAnswers(answers.toSpliced(idx, 1))}>
                  <IconX size={18} stroke={1.6} aria-hidden="true" />
                </IconButton>
              )}
            </div>
          ))}
          {answers.length < MAX_ANSWERS && (
            <Button tone="plain" icon={<IconPlus size={18} stroke={1.6} aria-hidden="true" />} onClick={() => setAnswers([...answers, ''])}>
              {t('add_answer')}
            </Button>
          )}
        </div>
        <Switch label={t('multiple')} hint={t('multiple_hint')} checked={multiple} onChange={setMultiple} />
        <Switch label={t('anonymous')} hint={t('anonymous_hint')} checked={anonymous} onChange={setAnonymous} />
        <Closes value={lasting} onChange={setLasting} />
        <FormError error={ask.error} />
      </form>
    </Dialog>
  );
}

function Closes({ value, onChange }: { value: Lasting; onChange: (value: Lasting) => void }) {
  const t = useText();
  const choices = Object.keys(LASTING) as Lasting[];
  return (
    <Select
      label={t('closes')}
      value={value}
      options={choices.map((choice) => ({ value: choice, label: t(`closes_${choice}`) }))}
      onChange={(next) => onChange(choices.find((choice) => choice === next) ?? 'never')}
    />
  );
}
