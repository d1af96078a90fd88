import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { useChannelRow, useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { PanelHeading } from '@/ui/PanelHeading';
import { channelRetentionQuery, retentionQuery, ruleOf } from '../retention';
import { useText } from '../strings';
import { HoldDialog } from './HoldDialog';
import { RetentionDialog } from './RetentionDialog';
import styles from './Admin.module.css';

/** In a channel's About: how long its messages stay, and for administrators to change it. Nothing where they stay for ever. */
export function ChannelRetentionPart({ channelId }: { channelId: Id }) {
  const t = useText();
  const me = useMe();
  const row = useChannelRow(channelId);
  const canChange = (me?.role === 'owner' || me?.role === 'admin') && row !== undefined && row.kind !== 'direct';
  const { data: stay } = useQuery(channelRetentionQuery(channelId));
  const { data: all } = useQuery({ ...retentionQuery, enabled: canChange });
  const [dialog, setDialog] = useState<'rule' | 'hold' | null>(null);
  if (!stay || (stay.days === null && !stay.held && !canChange)) return null;
  return (
    <section className={styles.panel}>
      <PanelHeading>{t('how_long')}</PanelHeading>
      <p className={styles.fine}>{stay.days === null ? t('kept_for_ever') : t('deleted_after', { count: stay.days })}</p>
      {stay.days !== null && stay.keep_marked && <p className={styles.fine}>{t('marked_stay')}</p>}
      {stay.held && <p className={styles.fine}>{t('held_now')}</p>}
      {canChange && all && (
        <div className={styles.buttons}>
          <Button size="s" tone="outline" onClick={() => setDialog('rule')}>
            {t('change_how_long')}
          </Button>
          {!stay.held && (
            <Button size="s" tone="outline" onClick={() => setDialog('hold')}>
              {t('hold')}
            </Button>
          )}
        </div>
      )}
      {dialog === 'rule' && row && all && (
        <RetentionDialog place={{ id: row.id, name: row.name, kind: 'channel' }} rule={ruleOf(all, row.id)} onClose={() => setDialog(null)} />
      )}
      {dialog === 'hold' && row && <HoldDialog channel={row} onClose={() => setDialog(null)} />}
    </section>
  );
}
