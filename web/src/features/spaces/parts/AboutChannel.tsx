import { IconArchive, IconBell, IconLogout, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { ChannelRow } from '@/api/types';
import { askForLevel } from '@/lib/levelDialog';
import { useMe, useStart } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { PanelHeading } from '@/ui/PanelHeading';
import { Switch } from '@/ui/Switch';
import { useChangeChannel, useJoinChannel, usePreference } from '../changes';
import { useText } from '../strings';
import { ArchiveDialog } from './ArchiveDialog';
import { ChannelMembers } from './ChannelMembers';
import { EditChannelDialog } from './EditChannelDialog';
import { LeaveChannelDialog } from './LeaveChannelDialog';
import { useChannelName } from '@/realtime/channelName';
import styles from './AboutChannel.module.css';

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

type AboutChannelProps = {
  row: ChannelRow;
  /** What other features have to say about the channel. */
  children?: ReactNode;
  /** And to those who may let people without an account in. */
  guestLinks?: ReactNode;
  /** And to those who look after it. */
  manage?: ReactNode;
};

export function AboutChannel({ row, children, guestLinks, manage }: AboutChannelProps) {
  const t = useText();
  const name = useChannelName(row);
  const [dialog, setDialog] = useState<'edit' | 'archive' | 'leave' | null>(null);
  const { mutate: prefer } = usePreference();
  const change = useChangeChannel(row.id);
  const join = useJoinChannel();
  const isDirect = row.kind === 'direct';
  // The frame of a guest by link has the way out.
  const me = useMe();
  const isGuest = me?.link_guest === true;
  const membersMakeLinks = useStart().data?.members_make_guest_links === true;
  const makesLinks = row.can_manage || (membersMakeLinks && me?.role !== 'guest' && row.is_member && row.can_post && !isDirect);
  const close = () => setDialog(null);
  return (
    <div className={styles.about}>
      <PanelHeading className={styles.name}>
        <bdi>{name}</bdi>
      </PanelHeading>
      {row.kind !== 'direct' && <p className={styles.kind}>{t(`kind_${row.kind}_hint`)}</p>}
      {row.description && <p dir="auto">{row.description}</p>}
      {row.archived && <p className={styles.kind}>{t('archived_hint')}</p>}
      {row.is_member && !isGuest && (
        <div className={styles.switches}>
          <Switch label={t('pin')} checked={row.favourite} onChange={(favourite) => prefer({ id: row.id, favourite })} />
          <Button tone="plain" icon={<IconBell {...icon} />} onClick={() => askForLevel({ kind: 'channel', id: row.id, name })}>
            {t('told')}
          </Button>
        </div>
      )}
      {!isDirect && (
        <div className={styles.buttons}>
          {!row.is_member && (
            <Button tone="primary" icon={<IconPlus {...icon} />} busy={join.isPending} onClick={() => join.mutate(row.id)}>
              {t('join')}
            </Button>
          )}
          {row.can_manage && (
            <Button tone="plain" icon={<IconPencil {...icon} />} onClick={() => setDialog('edit')}>
              {t('rename_and_describe')}
            </Button>
          )}
          {row.can_manage && (
            <Button
              tone="plain"
              icon={<IconArchive {...icon} />}
              onClick={() => (row.archived ? change.mutate({ archived: false }) : setDialog('archive'))}
            >
              {row.archived ? t('unarchive') : t('archive')}
            </Button>
          )}
          {row.is_member && !isGuest && (
            <Button tone="plain" icon={<IconLogout className="mirror" {...icon} />} onClick={() => setDialog('leave')}>
              {t('leave')}
            </Button>
          )}
        </div>
      )}
      <FormError error={join.error ?? change.error} />
      {children}
      <ChannelMembers row={row} name={name} />
      {makesLinks && guestLinks}
      {row.can_manage && manage}
      {dialog === 'edit' && <EditChannelDialog row={row} onClose={close} />}
      {dialog === 'archive' && <ArchiveDialog row={row} onClose={close} />}
      {dialog === 'leave' && <LeaveChannelDialog row={row} onClose={close} />}
    </div>
  );
}
