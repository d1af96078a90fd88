import { useState } from 'react';
import type { Me } from '@/api/types';
import { statusNow } from '@/lib/status';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { useSetStatus } from '../changes';
import { maxStatus } from '../limits';
import { lengths, untilOf, type Length } from '../statusUntil';
import { useText } from '../strings';
import styles from './StatusDialog.module.css';

const FORM = 'status-form';
const USUAL = [
  { emoji: '📅', key: 'status_meeting', length: 'hour' },
  { emoji: '🥪', key: 'status_lunch', length: 'half_hour' },
  { emoji: '🎧', key: 'status_focus', length: 'hour' },
  { emoji: '🏠', key: 'status_home', length: 'today' },
  { emoji: '🤒', key: 'status_ill', length: 'today' },
  { emoji: '🌴', key: 'status_away', length: 'date' },
] as const;

/** Something about now, in an emoji and a few words. */
export function StatusDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const t = useText();
  const [current] = useState(() => statusNow(me.status, Date.now() * 1000));
  const [emoji, setEmoji] = useState(current?.emoji ?? '💬');
  const [text, setText] = useState(current?.text ?? '');
  const [length, setLength] = useState<Length>('today');
  const [date, setDate] = useState('');
  const save = useSetStatus();
  const errors = fieldErrors(save.error);
  const until = untilOf(length, date, Date.now());

  function say() {
    save.mutate({ emoji: emoji.trim(), text, until }, { onSuccess: onClose });
  }

  return (
    <Dialog
      title={t('status')}
      hint={t('status_hint')}
      onClose={onClose}
      actions={
        <>
          {current && (
            <Button tone="plain" busy={save.isPending} onClick={() => save.mutate(null, { onSuccess: onClose })}>
              {t('status_clear')}
            </Button>
          )}
          <Button
            type="submit"
            form={FORM}
            tone="primary"
            busy={save.isPending}
            disabled={!emoji.trim() || (length === 'date' && until === null)}
          >
            {t('status_set')}
          </Button>
        </>
      }
    >
      <Form id={FORM} onSubmit={say}>
        <div className={styles.usual} role="group" aria-label={t('status_usual')}>
          {USUAL.map((usual) => (
            <button
              key={usual.key}
              type="button"
              onClick={() => {
                setEmoji(usual.emoji);
                setText(t(usual.key));
                setLength(usual.length);
              }}
            >
              <span aria-hidden="true">{usual.emoji}</span> {t(usual.key)}
            </button>
          ))}
        </div>
        <TextField label={t('status_emoji')} value={emoji} onChange={setEmoji} error={errors['emoji']} maxLength={16} className={styles.emoji} />
        <TextField label={t('status_text')} optional value={text} onChange={setText} error={errors['text']} maxLength={maxStatus} data-autofocus />
        <Select
          label={t('status_length')}
          value={length}
          options={lengths.map((value) => ({ value, label: t(`status_${value}`) }))}
          onChange={setLength}
        />
        {length === 'date' && <TextField type="date" label={t('status_day')} value={date} onChange={setDate} error={errors['until']} />}
        <FormError error={Object.keys(errors).length === 0 ? save.error : null} />
      </Form>
    </Dialog>
  );
}
