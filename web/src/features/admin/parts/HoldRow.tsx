import { useState } from 'react';
import type { Hold } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDate } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useMe } from '@/realtime/start';
import { useEndHold } from '../retention';
import { useText } from '../strings';
import { CopiesDialog } from './CopiesDialog';

/** Something that is held, why and since when. */
export function HoldRow({ hold }: { hold: Hold }) {
  const t = useText();
  const me = useMe();
  const [isAsking, setAsking] = useState(false);
  const [isLooking, setLooking] = useState(false);
  const end = useEndHold();
  const name = hold.name || t('channel_private');
  return (
    <CardRow
      title={name}
      text={[t(hold.kind === 'person' ? 'held_person' : 'held_channel'), hold.reason, formatDate(hold.created_at, currentLocale()), hold.n_copies > 0 && t('n_copies', { count: hold.n_copies })].filter(Boolean).join(' · ')}
      end={
        <>
          {hold.n_copies > 0 && me?.role === 'owner' && (
            <Button size="s" tone="outline" aria-label={`${t('look_at_copies')}: ${name}`} onClick={() => setLooking(true)}>
              {t('look_at_copies')}
            </Button>
          )}
          <Button size="s" tone="outline" aria-label={`${t('end_hold')}: ${name}`} onClick={() => setAsking(true)}>
            {t('end_hold')}
          </Button>
          {isLooking && <CopiesDialog hold={hold} onClose={() => setLooking(false)} />}
          {isAsking && (
            <ConfirmDialog
              title={t('end_hold')}
              confirmLabel={t('end_hold')}
              busy={end.isPending}
              error={end.error}
              onConfirm={() => end.mutate(hold.subject_id, { onSuccess: () => setAsking(false) })}
              onClose={() => setAsking(false)}
            >
              {t('end_hold_hint')}
            </ConfirmDialog>
          )}
        </>
      }
    />
  );
}
