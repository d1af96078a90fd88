import { useState } from 'react';
import type { MeetingView } from '@/api/types';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { FormError } from '@/ui/FormError';
import { answerOf, isAsking } from '../model';
import { useAnswer, useCallOff } from '../queries';
import { useText } from '../strings';
import { MoveForm } from './MoveForm';
import styles from './Schedule.module.css';

const ANSWERS = ['yes', 'later', 'no'] as const;

/** What I say to it. */
export function MeetingAnswer({ view: { meeting } }: { view: MeetingView }) {
  const t = useText();
  const me = useMe();
  const answer = useAnswer(meeting.id);
  const own = answerOf(meeting, me?.id);
  const isAsked = meeting.people.some((person) => person.person_id === me?.id && person.is_asked);
  return (
    <div>
      {isAsked && <p className={styles.called}>{t('agree_or_not')}</p>}
      {!isAsked && isAsking(meeting) && <p className={styles.called}>{t('waits_for_consent')}</p>}
      <div className={styles.answers} role="group" aria-label={t('your_answer')}>
        {ANSWERS.map((word) => (
          <Button key={word} tone={own === word ? 'primary' : 'outline'} aria-pressed={own === word} busy={answer.isPending && answer.variables === word} onClick={() => answer.mutate(word)}>
            {t(`answer_${word}`)}
          </Button>
        ))}
      </div>
      <FormError error={answer.error} />
    </div>
  );
}

/** For whoever made it, or looks after its channel. */
export function MeetingChange({ view, timeZone }: { view: MeetingView; timeZone: string }) {
  const t = useText();
  const [step, setStep] = useState<'move' | 'cancel' | null>(null);
  const callOff = useCallOff(view.meeting.id);
  return (
    <div className={styles.change}>
      <Button size="s" onClick={() => setStep('move')}>
        {t('move')}
      </Button>
      <Button size="s" tone="danger" onClick={() => setStep('cancel')}>
        {t('call_off')}
      </Button>
      {step === 'move' && <MoveForm view={view} timeZone={timeZone} onClose={() => setStep(null)} />}
      {step === 'cancel' && (
        <ConfirmDialog
          title={t('call_off_title')}
          confirmLabel={t('call_off')}
          busy={callOff.isPending}
          error={callOff.error}
          onConfirm={() => callOff.mutate()}
          onClose={() => setStep(null)}
        >
          {t('call_off_text')}
        </ConfirmDialog>
      )}
    </div>
  );
}
