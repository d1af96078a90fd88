import { useState } from 'react';
import type { MeetingView } from '@/api/types';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { answerOf, hasMore, isAsking } from '../model';
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
  const [following, setFollowing] = useState(false);
  const own = answerOf(meeting, me?.id);
  const isAsked = meeting.people.some((person) => person.person_id === me?.id && person.is_asked);
  return (
    <div>
      {isAsked && <p className={styles.called}>{t('agree_or_not')}</p>}
      {!isAsked && isAsking(meeting) && <p className={styles.called}>{t('waits_for_consent')}</p>}
      <div className={styles.answers} role="group" aria-label={t('your_answer')}>
        {ANSWERS.map((word) => (
          <Button key={word} tone={own === word ? 'primary' : 'outline'} aria-pressed={own === word} busy={answer.isPending && answer.variables.answer === word} onClick={() => answer.mutate({ answer: word, following })}>
            {t(`answer_${word}`)}
          </Button>
        ))}
      </div>
      {hasMore(meeting) && <Switch label={t('answer_following')} checked={following} onChange={setFollowing} />}
      <FormError error={answer.error} />
    </div>
  );
}

type MeetingChangeProps = { view: MeetingView; timeZone: string; onPark: (() => void) | null };

/** For whoever made it, or looks after its channel. `onPark`: it could be written down, and nothing else offers that. */
export function MeetingChange({ view, timeZone, onPark }: MeetingChangeProps) {
  const t = useText();
  const [step, setStep] = useState<'move' | 'cancel' | null>(null);
  const callOff = useCallOff(view.meeting.id);
  const [following, setFollowing] = useState(false);
  return (
    <div className={styles.change}>
      <Button size="s" onClick={() => setStep('move')}>
        {t('move')}
      </Button>
      {onPark && (
        <Button size="s" onClick={onPark}>
          {t('park')}
        </Button>
      )}
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
          onConfirm={() => callOff.mutate(following)}
          onClose={() => setStep(null)}
        >
          {t('call_off_text')}
          {hasMore(view.meeting) && <Switch label={t('call_off_following')} checked={following} onChange={setFollowing} />}
        </ConfirmDialog>
      )}
    </div>
  );
}
