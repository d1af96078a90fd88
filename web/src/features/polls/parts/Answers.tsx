import { IconPlus, IconX } from '@tabler/icons-react';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { TextField } from '@/ui/TextField';
import { MAX_ANSWER_CHARACTERS, MAX_ANSWERS } from '../form';
import { useText } from '../strings';
import styles from './PollDialog.module.css';

/** What one can choose. */
export function Answers({ answers, onChange }: { answers: string[]; onChange: (answers: string[]) => void }) {
  const t = useText();
  return (
    <div className={styles.answers} role="group" aria-label={t('answers')}>
      {answers.map((answer, idx) => (
        <div key={idx} className={styles.answer}>
          <TextField
            label={t('answer', { n: idx + 1 })}
            value={answer}
            onChange={(value) => onChange(answers.with(idx, value))}
            maxLength={MAX_ANSWER_CHARACTERS}
          />
          {answers.length > 2 && (
            <IconButton label={t('remove_answer', { n: idx + 1 })} onClick={() => onChange(answers.toSpliced(idx, 1))}>
              <IconX size={18} stroke={1.6} aria-hidden="true" />
            </IconButton>
          )}
        </div>
      ))}
      {answers.length < MAX_ANSWERS && (
        <Button tone="plain" icon={<IconPlus size={18} stroke={1.6} aria-hidden="true" />} onClick={() => onChange([...answers, ''])}>
          {t('add_answer')}
        </Button>
      )}
    </div>
  );
}
