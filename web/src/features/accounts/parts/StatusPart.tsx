import { useState } from 'react';
import type { Me } from '@/api/types';
import { statusNow } from '@/lib/status';
import { useMinute } from '@/lib/useMinute';
import { Button } from '@/ui/Button';
import { Section } from '@/ui/Section';
import { useText } from '../strings';
import { StatusDialog } from './StatusDialog';
import { StatusLine } from './StatusLine';

export function StatusPart({ me }: { me: Me }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const now = statusNow(me.status, useMinute());
  return (
    <Section
      title={t('status')}
      hint={t('status_hint')}
      actions={
        <Button size="s" onClick={() => setOpen(true)}>
          {now ? t('status_change') : t('status_set')}
        </Button>
      }
    >
      <p>{now ? <StatusLine status={me.status} /> : t('status_none')}</p>
      {isOpen && <StatusDialog me={me} onClose={() => setOpen(false)} />}
    </Section>
  );
}
