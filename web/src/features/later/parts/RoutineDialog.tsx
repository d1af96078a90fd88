import { useId, useState } from 'react';
import type { Id, Rhythm, Routine, RoutineKind } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { ownTimeZone } from '@/lib/time';
import { uuidv7 } from '@/lib/uuidv7';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { groupsIn, mentionsEveryone } from '@/realtime/mentions';
import { useChannelRow } from '@/realtime/start';
import { showToast } from '@/ui/toast';
import { useMutation } from '@tanstack/react-query';
import { sayWhen } from '../model';
import { changeRoutine, createRoutine } from '../routineQueries';
import { useText } from '../strings';
import type { WordsField } from '../wordsField';
import styles from './Later.module.css';
import { RhythmFields } from './RhythmFields';

const NINE = 9 * 60;
/** Questions that are asked often: how many weeks, which day, when. */
const TEMPLATES = [
  { key: 'plan', days: [1], at_min: NINE },
  { key: 'review', days: [5], at_min: 15 * 60 },
  { key: 'mood', days: [3], at_min: 13 * 60 },
] as const;

type RoutineDialogProps = {
  kind: RoutineKind;
  channel_id: Id;
  topic_id: Id | null;
  text: string;
  /** What there is already. */
  routine?: Routine;
  WordsField: WordsField;
  onClose: () => void;
  onDone?: () => void;
};

/** What comes back by itself: its words and its rhythm. */
export function RoutineDialog({ kind, channel_id, topic_id, text: begun, routine, WordsField, onClose, onDone }: RoutineDialogProps) {
  const t = useText();
  const formId = useId();
  const [id] = useState(uuidv7);
  const [text, setText] = useState(begun);
  const [template, setTemplate] = useState('');
  const channel = useChannelRow(channel_id);
  const [rhythm, setRhythm] = useState<Rhythm>(routine?.rhythm ?? { days: [1], at_min: NINE, every_weeks: 1 });
  const asks = kind === 'check_in';
  // Whoever lets it come back agrees to that here, once for all times.
  const everyone_ok = mentionsEveryone(text) || groupsIn(text).length > 0;
  const save = useMutation({
    mutationFn: () => {
      if (routine) return changeRoutine({ id: routine.id, revision: routine.revision, text: text.trim(), everyone_ok, ...(isOther(rhythm, routine.rhythm) && { rhythm }) });
      const place = { channel_id, ...(topic_id && !asks && { topic_id }) };
      return createRoutine({ id, kind, text: text.trim(), everyone_ok, rhythm, ...place, ...(!asks && { time_zone: ownTimeZone() }) });
    },
    onSuccess: (kept) => {
      onClose();
      onDone?.();
      if (kept.next_at !== null) showToast(t(asks ? 'asks_first' : 'comes_first', { when: sayWhen(kept.next_at, Date.now() * 1000, currentLocale(), t) }));
    },
  });
  const isReady = text.trim() !== '' && rhythm.days.length > 0;
  return (
    <Dialog
      title={t(asks ? 'check_in_title' : 'repeat_title')}
      hint={t(asks ? 'check_in_hint' : 'repeat_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={save.isPending} disabled={!isReady}>
            {t(routine ? 'save' : asks ? 'ask_regularly' : 'post_regularly')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => isReady && !save.isPending && save.mutate()}>
        {asks && !routine && (
          <div className={styles.buttons} role="group" aria-label={t('templates')}>
            {TEMPLATES.map(({ key, days, at_min }) => (
              <Button
                key={key}
                size="s"
                tone="outline"
                onClick={() => {
                  setText(t(`ask_${key}`));
                  setTemplate(key);
                  setRhythm({ days: [...days], at_min, every_weeks: 1 });
                }}
              >
                {t(`template_${key}`)}
              </Button>
            ))}
          </div>
        )}
        {channel && <WordsField key={template} channel={channel} label={t(asks ? 'question' : 'message')} text={text} onText={setText} />}
        {everyone_ok && <p className={styles.note}>{t('calls_each_time')}</p>}
        <RhythmFields rhythm={rhythm} onChange={setRhythm} />
        <p className={styles.note}>{asks ? t('each_clock') : t('my_clock', { zone: routine?.time_zone ?? ownTimeZone() })}</p>
        <FormError error={save.error} />
      </Form>
    </Dialog>
  );
}

function isOther(one: Rhythm, other: Rhythm): boolean {
  return one.at_min !== other.at_min || one.every_weeks !== other.every_weeks || one.days.join() !== other.days.join();
}
