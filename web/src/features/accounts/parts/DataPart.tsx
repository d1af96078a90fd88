import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useState, type ComponentType } from 'react';
import { useMe } from '@/realtime/start';
import { download } from '@/lib/download';
import { Button } from '@/ui/Button';
import { Section } from '@/ui/Section';
import { showToast } from '@/ui/toast';
import { useText } from '../strings';
import { EraseDialog, type ProofProps } from './EraseDialog';
import styles from './Settings.module.css';

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** What the server knows of who looks, to take along or to have erased. `Proof` asks once more who it is. */
export function DataPart({ Proof }: { Proof: ComponentType<ProofProps> }) {
  const t = useText();
  const me = useMe();
  const [isAsking, setIsAsking] = useState(false);
  const save = () => {
    download('/api/me/export');
    showToast(t('data_begun'));
  };
  return (
    <Section title={t('your_data')} hint={t('your_data_hint')}>
      <div className={styles.buttons}>
        <Button icon={<IconDownload {...icon} />} onClick={save}>
          {t('download_data')}
        </Button>
        <Button tone="outline" icon={<IconTrash {...icon} />} onClick={() => setIsAsking(true)}>
          {t('erase_account')}
        </Button>
      </div>
      {isAsking && me && <EraseDialog person={me} Proof={Proof} onClose={() => setIsAsking(false)} />}
    </Section>
  );
}
