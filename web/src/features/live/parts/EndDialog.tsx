import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { EndLive, Id, LiveOutcome, LiveView, Person } from '@/api/types';
import { settle } from '@/lib/settle';
import { uuidv7 } from '@/lib/uuidv7';
import { personQuery } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { FormDialog } from '@/ui/FormDialog';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { useAbsent, useEndLive } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';

type Question = { message_id: Id; text: string; person_id: Id };
const QUESTIONS_MAX = 10;

/** The end asks what came of it, and who was not there. */
export function EndDialog({ live: { session }, onClose, onEnded }: { live: LiveView; onClose: () => void; onEnded: () => void }) {
  const t = useText();
  const me_id = useMe()?.id;
  const [message_id] = useState(uuidv7);
  const [outcome, setOutcome] = useState<LiveOutcome>(session.backchannel_id ? 'decision' : 'none');
  const [text, setText] = useState('');
  const [isFinal, setFinal] = useState(false);
  const [left_out, setLeftOut] = useState<readonly Id[]>([]);
  const newQuestion = () => ({ message_id: uuidv7(), text: '', person_id: '' });
  const [questions, setQuestions] = useState<readonly Question[]>(() => [newQuestion()]);
  const { data: absent } = useAbsent(session.channel_id, session.id);
  const end = useEndLive(session.channel_id, session.id);
  const people: readonly Person[] = absent?.people ?? [];
  const asked = people.filter(({ id }) => !left_out.includes(id)).map(({ id }) => id);
  const ready = questions.filter((question) => question.text.trim() !== '' && question.person_id !== '');
  const isReady = outcome === 'none' || (outcome === 'decision' ? text.trim() !== '' : ready.length > 0);
  const options = (['decision', 'asks', 'none'] as const).map((value) => ({ value, label: t(`outcome_${value}`), hint: t(`outcome_${value}_hint`) }));
  const answering = [...new Set([...session.people.map(({ person_id }) => person_id), ...people.map(({ id }) => id)])].filter((id) => id !== me_id);
  const put = (idx: number, change: Partial<Question>) => setQuestions(questions.map((one, at) => (at === idx ? { ...one, ...change } : one)));
  const submit = () => {
    const wanted: EndLive = {
      outcome,
      ...(outcome === 'decision' && { decision: { message_id, text: text.trim(), absent: asked, is_final: isFinal } }),
      ...(outcome === 'asks' && { asks: ready.map((question) => ({ message_id: question.message_id, text: question.text.trim(), people: [question.person_id] })) }),
    };
    // The event that it is over may be faster than the answer, and takes this dialog away.
    settle(end.mutateAsync(wanted), { onSuccess: onEnded });
  };
  return (
    <FormDialog
      title={t('end_title')}
      hint={t('end_hint')}
      submitLabel={t('end')}
      tone="danger"
      busy={end.isPending}
      isReady={isReady}
      error={end.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Choice legend={t('outcome')} value={outcome} options={options} onChange={setOutcome} />
      {outcome === 'decision' && (
        <>
          <TextArea label={t('what_decided')} hint={t('what_decided_hint')} rows={2} maxLength={2000} value={text} onChange={setText} />
          {people.length > 0 && (
            <fieldset className={styles.absent}>
              <legend>{t('were_absent')}</legend>
              <p className={styles.small}>{isFinal ? t('absent_told') : t('absent_hint')}</p>
              {people.map(({ id, name }) => (
                <Switch key={id} label={name} checked={!left_out.includes(id)} onChange={(on) => setLeftOut(on ? left_out.filter((one) => one !== id) : [...left_out, id])} />
              ))}
            </fieldset>
          )}
          {asked.length > 0 && <Switch label={t('cannot_wait')} hint={t('cannot_wait_hint')} checked={isFinal} onChange={setFinal} />}
        </>
      )}
      {outcome === 'asks' && (
        <>
          {questions.map((question, idx) => (
            <div key={question.message_id} className={styles.fields}>
              <TextArea label={t('question_n', { n: idx + 1 })} rows={2} value={question.text} onChange={(words) => put(idx, { text: words })} />
              <AnsweredBy ids={answering} value={question.person_id} onChange={(person_id) => put(idx, { person_id })} />
            </div>
          ))}
          {questions.length < QUESTIONS_MAX && (
            <Button size="s" tone="plain" onClick={() => setQuestions([...questions, newQuestion()])}>
              {t('one_more')}
            </Button>
          )}
        </>
      )}
    </FormDialog>
  );
}

function AnsweredBy({ ids, value, onChange }: { ids: readonly Id[]; value: Id; onChange: (id: Id) => void }) {
  const t = useText();
  const names = useQueries({ queries: ids.map((id) => personQuery(id)) });
  const options = [{ value: '', label: t('choose') }, ...ids.map((id, idx) => ({ value: id, label: names[idx]?.data?.name ?? t('somebody') }))];
  return <Select label={t('who_answers')} value={value} options={options} onChange={onChange} />;
}
