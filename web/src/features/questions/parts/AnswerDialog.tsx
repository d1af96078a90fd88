import { useState } from 'react';
import { isProblem } from '@/api/client';
import type { Question, QuestionsView } from '@/api/types';
import { Button } from '@/ui/Button';
import { FormDialog } from '@/ui/FormDialog';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { MAX_ANSWER_CHARACTERS, messageIn } from '../model';
import { useChangeQuestion } from '../queries';
import { useText } from '../strings';

type AnswerDialogProps = { question: Question; view: QuestionsView; onClose: () => void };

/** An answer in writing: a text, a message that says it, or both. */
export function AnswerDialog({ question, view: { questions }, onClose }: AnswerDialogProps) {
  const t = useText();
  const before = question.answer;
  const [text, setText] = useState(before?.text ?? '');
  const [link, setLink] = useState(before?.message_id ? `${location.origin}/m/${before.message_id}` : '');
  const change = useChangeQuestion(questions.channel_id, questions.id);
  const message_id = messageIn(link);
  const isWrong = link.trim() !== '' && message_id === null;
  const isReady = !isWrong && (text.trim() !== '' || message_id !== null);
  const send = (words_ok: boolean) => {
    const answer = { how: 'written' as const, ...(text.trim() !== '' && { text: text.trim() }), ...(message_id && { message_id }) };
    change.mutate({ id: question.id, state: 'answered', answer, words_ok }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t('answer_title')}
      hint={<bdi>{question.text}</bdi>}
      submitLabel={t('answer')}
      busy={change.isPending}
      isReady={isReady}
      error={change.error}
      remedy={
        isProblem(change.error, 'words-asked') && (
          <div>
            <Button size="s" onClick={() => send(true)}>
              {t('words_agreed')}
            </Button>
          </div>
        )
      }
      onSubmit={() => send(false)}
      onClose={onClose}
    >
      <TextArea label={t('answer_text')} value={text} onChange={setText} rows={3} maxLength={MAX_ANSWER_CHARACTERS} data-autofocus="" />
      <TextField
        label={t('answer_link')}
        hint={t('answer_link_hint')}
        optional
        error={isWrong ? t('no_message') : undefined}
        value={link}
        onChange={setLink}
      />
    </FormDialog>
  );
}
