import { useState } from 'react';
import type { Question, QuestionsView } from '@/api/types';
import { Choice } from '@/ui/Choice';
import { FormDialog } from '@/ui/FormDialog';
import { useMergeQuestion } from '../queries';
import { useText } from '../strings';

type MergeDialogProps = { question: Question; others: Question[]; view: QuestionsView; onClose: () => void };

/** Which question asks the same. */
export function MergeDialog({ question, others, view: { questions }, onClose }: MergeDialogProps) {
  const t = useText();
  const [into_id, setInto] = useState(others[0]?.id ?? '');
  const merge = useMergeQuestion(questions.channel_id, questions.id);
  return (
    <FormDialog
      title={t('merge_title')}
      hint={<bdi>{question.text}</bdi>}
      submitLabel={t('merge_do')}
      busy={merge.isPending}
      error={merge.error}
      onSubmit={() => merge.mutate({ id: question.id, into_id }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Choice
        legend={t('merge_into')}
        value={into_id}
        options={others.map(({ id, text, n_votes }) => ({ value: id, label: text, hint: t('votes', { count: n_votes }) }))}
        onChange={setInto}
      />
    </FormDialog>
  );
}
