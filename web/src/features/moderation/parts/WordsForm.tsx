import { useState } from 'react';
import type { WordList } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { showToast } from '@/ui/toast';
import { wordsOf } from '../model';
import { useChangeWords } from '../queries';
import { useText } from '../strings';
import styles from './Moderation.module.css';

const kinds = ['ask', 'hold', 'report'] as const;

export function WordsForm({ list }: { list: WordList }) {
  const t = useText();
  const [texts, setTexts] = useState({ ask: list.ask.join('\n'), hold: list.hold.join('\n'), report: list.report.join('\n') });
  const change = useChangeWords();
  const errors = fieldErrors(change.error);
  const hasOwn = kinds.some((kind) => errors[kind]);

  function save() {
    const next = { ask: wordsOf(texts.ask), hold: wordsOf(texts.hold), report: wordsOf(texts.report) };
    settle(change.mutateAsync(next), { onSuccess: () => showToast(t('saved')) });
  }

  return (
    <Form className={styles.fields} onSubmit={save}>
      {kinds.map((kind) => (
        <TextArea
          key={kind}
          label={t(`words_${kind}`)}
          hint={t(`words_${kind}_hint`)}
          error={errors[kind]}
          rows={4}
          spellCheck={false}
          value={texts[kind]}
          onChange={(text) => setTexts({ ...texts, [kind]: text })}
        />
      ))}
      <FormError error={hasOwn ? null : change.error} />
      <div className={styles.buttons}>
        <Button type="submit" tone="primary" busy={change.isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}
