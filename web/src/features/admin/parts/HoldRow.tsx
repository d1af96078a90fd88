import { useState } from 'react';
import type { Hold } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDate } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useEndHold } from '../retention';
import { useText } from '../strings';

/** Something that is held, why and since when. */
export function HoldRow({ hold }: { hold: Hold }) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const end = useEndHold();
  const name = hold.name || t('channel_private');
  return (
    <CardRow
      title={name}
      text={[t(hold.kind === 'person' ? 'held_person' : 'held_channel'), hold.reason, formatDate(hold.created_at, currentLocale())].join(' · ')}
      end={
        <>
          <Button size="s" tone="outline" aria-label={`${t('end_hold')}: ${name}`} onClick={() => setAsking(true)}>
            {t('end_hold')}
          </Button>
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
