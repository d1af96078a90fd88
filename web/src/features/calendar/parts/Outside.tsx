import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { MeetingView } from '@/api/types';
import { Button } from '@/ui/Button';
import { Chip } from '@/ui/Chip';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { IconButton } from '@/ui/IconButton';
import { guestsOf } from '../outside';
import { useInviteGuests, useMeetingSettings, useRemoveGuest } from '../queries';
import { useText } from '../strings';
import { OutsideField } from './OutsideField';
import styles from './Schedule.module.css';

/** People outside at a meeting: what they said, and for whoever may change it, more of them or fewer. */
export function Outside({ view: { meeting, guests, can_change }, isOver }: { view: MeetingView; isOver: boolean }) {
  const t = useText();
  const remove = useRemoveGuest(meeting.id);
  const canChange = can_change && !isOver;
  return (
    <>
      {guests.length > 0 && (
        <ul className={styles.people} aria-label={t('outside')}>
          {guests.map((guest) => {
            const name = guest.name || guest.address || t('outside_chip');
            return (
              <li key={guest.id}>
                <bdi>{name}</bdi>
                <small>{guest.name && guest.address ? <bdi>{guest.address}</bdi> : t('outside_chip')}</small>
                <Chip tone={guest.answer === 'yes' ? 'accent' : 'calm'}>{t(`said_${guest.answer}`)}</Chip>
                {canChange && (
                  <IconButton label={t('outside_remove', { name })} onClick={() => remove.mutate(guest.id)}>
                    <IconX size={16} stroke={1.6} aria-hidden />
                  </IconButton>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <FormError error={remove.error} />
      {canChange && <InviteOutside id={meeting.id} />}
    </>
  );
}

/** Where the server sends no mail there is nobody to add. */
function InviteOutside({ id }: { id: string }) {
  const t = useText();
  const { data } = useMeetingSettings();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const invite = useInviteGuests(id);
  if (data?.by_mail === null) return null;
  if (!isOpen) return (
      <div className={styles.answers}>
        <Button size="s" tone="outline" onClick={() => setOpen(true)}>
          {t('outside_invite')}
        </Button>
      </div>
    );
  const send = () =>
    invite.mutate(guestsOf(text), {
      onSuccess: () => {
        setText('');
        setOpen(false);
      },
    });
  return (
    <Form onSubmit={() => text.trim() && send()}>
      <OutsideField value={text} onChange={setText} errors={fieldErrors(invite.error)} />
      <FormError error={invite.error} />
      <div className={styles.answers}>
        <Button size="s" tone="primary" type="submit" busy={invite.isPending}>
          {t('send_invitations')}
        </Button>
        <Button size="s" tone="plain" onClick={() => setOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}
