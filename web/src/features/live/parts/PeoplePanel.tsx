import { IconDots } from '@tabler/icons-react';
import type { ChangeLivePerson, LivePerson, LiveSession } from '@/api/types';
import { settle } from '@/lib/settle';
import { usePerson } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { Face } from '@/ui/Face';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { tellRefusal } from '@/ui/tellRefusal';
import { useChangeLive, useChangeLivePerson } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';
import { PanelHead } from './PanelHead';

type PeoplePanelProps = { session: LiveSession; isHost: boolean; onClose: () => void };

/** Who is in, and who was; whoever hosts gives the word and takes it here. */
export function PeoplePanel({ session, isHost, onClose }: PeoplePanelProps) {
  const t = useText();
  const present = session.people.filter(({ is_in }) => is_in);
  const gone = session.people.filter(({ is_in }) => !is_in);
  return (
    <Pane as="aside" label={t('people')}>
      <PanelHead title={t('people')} onClose={onClose} />
      <PaneBody>
        <div className={styles.panelBody}>
        {session.tells_hosts && <p className={styles.told}>{t('is_told')}</p>}
        <ul className={styles.people} aria-label={t('n_in', { count: present.length })}>
          {present.map((person) => (
            <Row key={person.person_id} session={session} person={person} isHost={isHost} />
          ))}
        </ul>
        {gone.length > 0 && (
          <>
            <h2 className={styles.sub}>{t('were_in')}</h2>
            <ul className={styles.people} aria-label={t('were_in')}>
              {gone.map((person) => (
                <Row key={person.person_id} session={session} person={person} isHost={false} />
              ))}
            </ul>
          </>
        )}
        </div>
      </PaneBody>
    </Pane>
  );
}

function Row({ session, person, isHost }: { session: LiveSession; person: LivePerson; isHost: boolean }) {
  const t = useText();
  const me_id = useMe()?.id;
  const known = usePerson(person.person_id);
  const name = known?.name ?? t('somebody');
  const change = useChangeLivePerson(session.channel_id, session.id);
  const arrange = useChangeLive(session.channel_id, session.id);
  const { person_id, role } = person;
  const changeTo = (wanted: ChangeLivePerson) => settle(change.mutateAsync({ person_id, ...wanted }), { onError: tellRefusal });
  const interprets = session.interpreters.includes(person_id);
  const words = [t(`role_${role}`), interprets && t('interprets'), person.hand_at !== null && t('hand_is_up'), person.breakout_id !== null && t('in_room')].filter(Boolean).join(' · ');
  return (
    <li>
      <Face id={person_id} name={name} picture={known?.picture ?? null} size={32} />
      <span>
        <b dir="auto">{name}</b>
        <small>{words}</small>
      </span>
      {isHost && (
        <Menu
          label={t('more_of', { name })}
          align="end"
          trigger={(props) => (
            <IconButton size="s" label={t('more_of', { name })} {...props}>
              <IconDots size={18} stroke={1.6} aria-hidden="true" />
            </IconButton>
          )}
        >
          {person_id !== me_id && role !== 'listener' && (
            <MenuItem icon={null} onSelect={() => changeTo({ mute: true })}>
              {t('mute')}
            </MenuItem>
          )}
          {person.hand_at !== null && (
            <MenuItem icon={null} onSelect={() => changeTo({ hand_down: true })}>
              {t('lower_hand')}
            </MenuItem>
          )}
          {(['host', 'speaker', 'listener'] as const).map((one) => (
            <MenuItem key={one} icon={null} checked={role === one} onSelect={() => changeTo({ role: one })}>
              {t(`role_${one}`)}
            </MenuItem>
          ))}
          <MenuItem icon={null} checked={session.pinned_id === person_id} onSelect={() => settle(arrange.mutateAsync(session.pinned_id === person_id ? { unpin: true } : { pinned_id: person_id }), { onError: tellRefusal })}>
            {t('pin_for_all')}
          </MenuItem>
          <MenuItem icon={null} checked={interprets} onSelect={() => changeTo({ interprets: !interprets })}>
            {t('interpreter')}
          </MenuItem>
          {person_id !== me_id && (
            <MenuItem icon={null} tone="danger" onSelect={() => changeTo({ is_out: true })}>
              {t('send_out')}
            </MenuItem>
          )}
        </Menu>
      )}
    </li>
  );
}
