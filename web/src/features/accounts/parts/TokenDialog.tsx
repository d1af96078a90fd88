import { useState } from 'react';
import type { TokenMade } from '@/api/types';
import { Button } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { Dialog } from '@/ui/Dialog';
import { useText } from '../strings';
import { TokenForm } from './TokenForm';

/** First what the token is good for, then the token, shown once. */
export function TokenDialog({ isAdmin, onClose }: { isAdmin: boolean; onClose: () => void }) {
  const t = useText();
  const [made, setMade] = useState<TokenMade | null>(null);
  if (!made) return <TokenForm isAdmin={isAdmin} onMade={setMade} onClose={onClose} />;
  return (
    <Dialog
      title={t('token_made')}
      hint={t('token_once')}
      onClose={onClose}
      actions={
        <Button tone="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <CopyField label={t('token_of', { name: made.name })} value={made.token} hint={t('token_use')} />
    </Dialog>
  );
}
