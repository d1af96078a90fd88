import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { copyText } from '@/lib/copyText';
import { Button } from './Button';
import styles from './CopyField.module.css';
import { Field } from './Field';
import { useText } from './strings';

/** A text to take elsewhere: selected on focus, copied by the button. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: ReactNode }) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const Icon = copied ? IconCheck : IconCopy;
  async function copy() {
    setCopied(await copyText(value));
  }
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <div className={styles.row}>
          <input {...control} dir="ltr" readOnly value={value} data-autofocus onFocus={(event) => event.target.select()} />
          <Button icon={<Icon size={18} stroke={1.6} aria-hidden="true" />} onClick={() => void copy()}>
            {copied ? t('copied') : t('copy')}
          </Button>
        </div>
      )}
    </Field>
  );
}
