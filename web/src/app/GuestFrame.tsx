import { IconLogout } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Start } from '@/api/types';
import { useLeaveChannel } from '@/features/spaces/changes';
import { settle } from '@/lib/settle';
import { Navigate } from '@/router/Navigate';
import { usePlace } from '@/router/usePlace';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Brand } from './Brand';
import { endVisit } from './endVisit';
import { useText } from './strings';
import styles from './GuestFrame.module.css';

/** The frame of a guest by link: whose place it is, the one channel, and the way out. */
export function GuestFrame({ start, children }: { start: Start; children: ReactNode }) {
  const t = useText();
  const place = usePlace();
  const [isLeaving, setLeaving] = useState(false);
  const leave = useLeaveChannel();
  const room = start.channels[0];
  const isThere = room && place.match?.params['channelId'] === room.id && place.match.path !== '/c/$channelId/files';
  return (
    <div className={styles.frame}>
      <header className={styles.bar} aria-label={t('guest_bar')}>
        <Brand size={28} />
        <p>
          <bdi>{start.workspace.name}</bdi>
          <span dir="auto">{t('guest_here', { name: start.me.name })}</span>
        </p>
        <Button size="s" tone="outline" icon={<IconLogout className="mirror" size={16} stroke={1.6} aria-hidden="true" />} onClick={() => setLeaving(true)}>
          {t('guest_leave')}
        </Button>
      </header>
      <div className={styles.room}>{room && !isThere ? <Navigate to="/c/$channelId" params={{ channelId: room.id }} /> : children}</div>
      {isLeaving && room && (
        <ConfirmDialog
          title={t('guest_leave_title')}
          confirmLabel={t('guest_leave')}
          tone="primary"
          busy={leave.isPending}
          error={leave.error}
          onConfirm={() => settle(leave.mutateAsync(room.id), { onSuccess: endVisit })}
          onClose={() => setLeaving(false)}
        >
          {t('guest_leave_hint')}
        </ConfirmDialog>
      )}
    </div>
  );
}
