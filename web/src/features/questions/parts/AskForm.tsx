import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { isProblem } from '@/api/client';
import type { Questions } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { MAX_QUESTION_CHARACTERS } from '../model';
import { useAskQuestion } from '../queries';
import { useText } from '../strings';
import styles from './Questions.module.css';

/** A line to ask in. */
export function AskForm({ questions, waits, tabIndex }: { questions: Questions; waits: boolean; tabIndex: 0 | -1 }) {
  const t = useText();
  const [id, setId] = useState(uuidv7);
  const [text, setText] = useState('');
  const [anonymous, setAnonymous] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const ask = useAskQuestion(questions.channel_id, questions.id);
  const send = (words_ok: boolean) => {
    if (text.trim() === '' || ask.isPending) return;
    const done = {
      onSuccess: () => {
        setId(uuidv7());
        setText('');
        setWaiting(waits);
      },
    };
    ask.mutate({ id, text: text.trim(), anonymous: anonymous && questions.anonymous, words_ok }, done);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(false);
  };
  const sendByEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(false);
  };
  return (
    <form className={styles.ask} onSubmit={submit}>
      <textarea
        dir="auto"
        rows={1}
        tabIndex={tabIndex}
        aria-label={t('your_question')}
        placeholder={t('your_question')}
        maxLength={MAX_QUESTION_CHARACTERS}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWaiting(false);
        }}
        onKeyDown={sendByEnter}
      />
      <Button type="submit" tabIndex={tabIndex} busy={ask.isPending} disabled={text.trim() === ''}>
        {t('ask')}
      </Button>
      {questions.anonymous && (
        <label className={styles.nameless}>
          <input type="checkbox" tabIndex={tabIndex} checked={anonymous} onChange={(event) => setAnonymous(event.target.checked)} />
          {t('without_name')}
        </label>
      )}
      <p role="status" className={styles.note}>
        {isWaiting && t('it_waits')}
      </p>
      <FormError error={ask.error} />
      {isProblem(ask.error, 'words-asked') && (
        <Button size="s" tabIndex={tabIndex} onClick={() => send(true)}>
          {t('words_agreed')}
        </Button>
      )}
    </form>
  );
}
