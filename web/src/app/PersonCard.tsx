import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Id } from '@/api/types';
import { LocalTime } from '@/features/accounts/parts/LocalTime';
import { RoleChip } from '@/features/accounts/parts/RoleChip';
import { StatusLine } from '@/features/accounts/parts/StatusLine';
import { PersonHoursLine } from '@/features/hours/parts/PersonHoursLine';
import { GroupChips } from '@/features/groups/parts/GroupChips';
import { WriteToPerson } from '@/features/spaces/parts/WriteToPerson';
import { personQuery } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { ErrorState } from '@/ui/ErrorState';
import { Face } from '@/ui/Face';
import { LinkButton } from '@/ui/LinkButton';
import { placeBeside } from '@/ui/place';
import { Skeleton } from '@/ui/Skeleton';
import styles from './PersonCard.module.css';
import { useText } from './strings';
import { ThankButton } from './ThankButton';
import type { Thanking } from './ThanksPerson';

export type PersonCardProps = { id: Id; anchor: Element; onClose: () => void; onThank: (thanking: Thanking) => void };

/** Who somebody is, beside their name: Esc and a press elsewhere close it, and focus goes back to the name. */
export function PersonCard({ id, anchor, onClose, onThank }: PersonCardProps) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const { data: person, error, refetch } = useQuery(personQuery(id));
  const me = useMe();
  const isMe = me?.id === id;
  const isGuest = me?.link_guest === true;

  useEffect(() => {
    const card = box.current;
    if (!card) return;
    card.showPopover();
    card.focus();
    // It grows when the groups are here.
    const place = () => placeBeside(card, anchor, 'start');
    const observer = new ResizeObserver(place);
    observer.observe(card);
    addEventListener('resize', place);
    return () => {
      observer.disconnect();
      removeEventListener('resize', place);
    };
  }, [anchor]);

  return (
    <div
      ref={box}
      popover="auto"
      role="dialog"
      tabIndex={-1}
      aria-label={person?.name ?? t('person_card')}
      className={styles.card}
      onToggle={({ newState }) => newState === 'closed' && onClose()}
    >
      {!person && !error && <Skeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {person && (
        <>
          <div className={styles.who}>
            <Face {...person} size={56} />
            <div>
              <p className={styles.name} dir="auto">
                {person.name}
              </p>
              {person.pronunciation && <p dir="auto">{person.pronunciation}</p>}
              {!person.bot && (
                <p>
                  <LocalTime timeZone={person.time_zone}>{(clock) => t('clock_for_them', { clock })}</LocalTime>
                </p>
              )}
            </div>
          </div>
          <p className={styles.status}>
            <StatusLine status={person.status} />
          </p>
          {!person.bot && !person.deactivated && (
            <p>
              <PersonHoursLine id={id} />
            </p>
          )}
          {!person.bot && (
            <div className={styles.chips}>
              <RoleChip person={person} />
              {!isGuest && <GroupChips personId={id} />}
            </div>
          )}
          {!person.bot && !isGuest && (
            <div className={styles.buttons}>
              {!isMe && !person.deactivated && !person.link_guest && (
                <>
                  <WriteToPerson personId={id} />
                  <ThankButton person={person} onThank={onThank} />
                </>
              )}
              <LinkButton to="/people/$personId" params={{ personId: id }}>
                {t('profile')}
              </LinkButton>
            </div>
          )}
        </>
      )}
    </div>
  );
}
