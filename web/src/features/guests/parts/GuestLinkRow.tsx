import { IconClockPlus, IconDoorExit, IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import type { GuestLink } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { usePerson } from '@/realtime/people';
import { CardRow } from '@/ui/CardRow';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { useEndLink } from '../queries';
import { useText } from '../strings';
import { ExtendDialog } from './ExtendDialog';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** One link: how many are here by it, until when, and its end. The address itself was shown once and is not stored. */
export function GuestLinkRow({ link, isOpen }: { link: GuestLink; isOpen: boolean }) {
  const t = useText();
  const maker = usePerson(link.created_by)?.name ?? '';
  const [dialog, setDialog] = useState<'end' | 'extend' | null>(null);
  const end = useEndLink(link.channel_id, link.id);
  const close = () => setDialog(null);
  const time = formatDateTime(link.ended_at ?? link.expires_at, currentLocale());
  const n_guests = link.guests.length;
  const facts = [link.guests.map((guest) => guest.name).join(', '), maker && t('by', { name: maker }), link.whole_history && t('whole'), link.may_upload && t('with_files')];
  const menu = (
    <Menu
      label={t('more', { name: maker })}
      align="end"
      trigger={(props) => (
        <IconButton {...props} label={t('more', { name: maker })}>
          <IconDots size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
    >
      <MenuItem icon={<IconClockPlus {...icon} />} onSelect={() => setDialog('extend')}>
        {t('extend')}
      </MenuItem>
      <MenuItem tone="danger" icon={<IconDoorExit className="mirror" {...icon} />} onSelect={() => setDialog('end')}>
        {t('end')}
      </MenuItem>
    </Menu>
  );
  return (
    <CardRow
      title={isOpen ? t('state_open', { count: n_guests, max: link.max_guests, time }) : t('state_ended', { time })}
      text={facts.filter(Boolean).join(' · ')}
      end={
        <>
          {isOpen && menu}
          {dialog === 'extend' && <ExtendDialog link={link} onClose={close} />}
          {dialog === 'end' && (
            <ConfirmDialog
              title={t('end_title')}
              confirmLabel={t('end')}
              busy={end.isPending}
              error={end.error}
              onConfirm={() => end.mutate(undefined, { onSuccess: close })}
              onClose={close}
            >
              {n_guests > 0 ? t('end_hint', { count: n_guests }) : t('end_hint_none')}
            </ConfirmDialog>
          )}
        </>
      }
    />
  );
}
