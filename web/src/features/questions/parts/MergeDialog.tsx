import { useState } from 'react';
import type { Question, QuestionsView } from '@/api/types';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { useMergeQuestion } from '../queries';
import { useText } from '../strings';

type MergeDialogProps = { question: Question; others: Question[]; view: QuestionsView; onClose: () => void };

/** Which question asks the same. */
export function MergeDialog({ question, others, view: { questions }, onClose }: MergeDialogProps) {
  const t = useText();
  const [into_id, setInto] = useState(others[0]?.id ?? '');
  const merge = useMergeQuestion(questions.channel_id, questions.id);
  return (
    <Dialog
      title={t('merge_title')}
      hint={<bdi>{question.text}</bdi>}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={merge.isPending} onClick={() => merge.mutate({ id: question.id, into_id }, { onSuccess: onClose })}>
            {t('merge_do')}
          </Button>
        </>
      }
    >
      <Choice
        legend={t('merge_into')}
        value={into_id}
        options={others.map(({ id, text, n_votes }) => ({ value: id, label: text, hint: t('votes', { count: n_votes }) }))}
        onChange={setInto}
      />
      <FormError error={merge.error} />
    </Dialog>
  );
}
