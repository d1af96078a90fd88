import type { FormEvent } from 'react';
import { isProblem } from '@/api/client';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { KINDS, LASTING, type PollForm as Form } from '../form';
import { useText } from '../strings';
import { Answers } from './Answers';
import styles from './PollDialog.module.css';
import { ScaleFields } from './ScaleFields';

type PollFormProps = {
  form: Form;
  onChange: (form: Form) => void;
  error: unknown;
  onSubmit: () => void;
  /** It is said all the same: the word list has asked. */
  onAgreed: () => void;
};

export function PollForm({ form, onChange, error, onSubmit, onAgreed }: PollFormProps) {
  const t = useText();
  const change = (more: Partial<Form>) => onChange({ ...form, ...more });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const lasting = Object.keys(LASTING) as Form['lasting'][];
  return (
    <form id="new-poll" className={styles.fields} onSubmit={submit}>
      <TextArea label={t('question')} value={form.question} onChange={(question) => change({ question })} rows={2} data-autofocus="" />
      <Choice
        row
        legend={t('kind')}
        value={form.kind}
        options={KINDS.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))}
        onChange={(kind) => change({ kind })}
      />
      {(form.kind === 'single' || form.kind === 'several') && <Answers answers={form.answers} onChange={(answers) => change({ answers })} />}
      {form.kind === 'scale' && <ScaleFields form={form} onChange={change} />}
      {form.kind === 'words' && <p className={styles.note}>{t('words_hint')}</p>}
      <Switch label={t('anonymous')} hint={t('anonymous_hint')} checked={form.anonymous} onChange={(anonymous) => change({ anonymous })} />
      <Switch label={t('hidden')} hint={t('hidden_hint')} checked={form.hidden} onChange={(hidden) => change({ hidden })} />
      <Select
        label={t('closes')}
        value={form.lasting}
        options={lasting.map((choice) => ({ value: choice, label: t(`closes_${choice}`) }))}
        onChange={(chosen) => change({ lasting: chosen })}
      />
      <FormError error={error} />
      {isProblem(error, 'words-asked') && (
        <div>
          <Button size="s" onClick={onAgreed}>
            {t('words_agreed')}
          </Button>
        </div>
      )}
    </form>
  );
}
