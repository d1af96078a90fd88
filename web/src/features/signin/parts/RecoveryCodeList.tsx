import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { copyText } from '@/lib/copyText';
import { Button } from '@/ui/Button';
import { useText } from '../strings';
import styles from './SignIn.module.css';

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** Codes that are shown once, to be copied or kept as a file. */
export function RecoveryCodeList({ codes }: { codes: string[] }) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  return (
    <>
      <ul className={styles.codes} aria-label={t('recovery_codes')} dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button icon={copied ? <IconCheck {...icon} /> : <IconCopy {...icon} />} onClick={() => void copyText(codes.join('\n')).then(setCopied)}>
          {copied ? t('copied') : t('copy')}
        </Button>
      </div>
    </>
  );
}
