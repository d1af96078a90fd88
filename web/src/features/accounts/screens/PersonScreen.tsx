import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Id, Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { personQuery } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { ErrorState } from '@/ui/ErrorState';
import { Face } from '@/ui/Face';
import { LinkButton } from '@/ui/LinkButton';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { canManage } from '../model';
import { LocalTime } from '../parts/LocalTime';
import { ManagePerson } from '../parts/ManagePerson';
import { StatusLine } from '../parts/StatusLine';
import { RoleChip } from '../parts/RoleChip';
import { useText } from '../strings';
import styles from './People.module.css';

export type PersonScreenProps = {
  personId: Id;
  /** What other features let one do with this person, such as writing to them. */
  actions: (person: Person) => ReactNode;
  /** When they usually answer. */
  hours: ReactNode;
  /** The groups that they are in. */
  groups: ReactNode;
  /** What other features let an administrator do with their account. */
  manage: (person: Person) => ReactNode;
};

export function PersonScreen({ personId, actions, hours, groups, manage }: PersonScreenProps) {
  const t = useText();
  const me = useMe();
  const { data: person, error, refetch } = useQuery(personQuery(personId));
  const isMe = me?.id === personId;
  return (
    <Pane>
      <PaneHeader title={person?.name ?? t('person')} back="/people" focusKey={personId} />
      <PaneBody>
        {!person && !error && <Skeleton rows={3} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {person && (
          <div className={styles.column}>
            <div className={styles.person}>
              <Face {...person} size={88} />
              <div className={styles.names}>
                <h2>
                  <bdi>{person.name}</bdi>
                </h2>
                {person.status && (
                  <p>
                    <StatusLine status={person.status} />
                  </p>
                )}
                {person.pronunciation && <p dir="auto">{t('say_it', { sound: person.pronunciation })}</p>}
                <p>
                  <LocalTime timeZone={person.time_zone}>
                    {(clock) => t('clock_there', { clock, zone: person.time_zone.replaceAll('_', ' ') })}
                  </LocalTime>
                </p>
                {!person.bot && !person.deactivated && <p>{hours}</p>}
                <p>{t('speaks', { language: languageName(person.language) })}</p>
                <div className={styles.chips}>
                  <RoleChip person={person} />
                </div>
              </div>
              <div className={styles.actions}>
                {isMe ? (
                  <LinkButton to="/settings/$page" params={{ page: 'profile' }}>
                    {t('edit_profile')}
                  </LinkButton>
                ) : (
                  !person.deactivated && actions(person)
                )}
              </div>
            </div>
          </div>
        )}
        {person && groups}
        {me && person && canManage(me, person) && <ManagePerson me={me} person={person} more={manage(person)} />}
      </PaneBody>
    </Pane>
  );
}

function languageName(language: string): string {
  try {
    return new Intl.DisplayNames(currentLocale(), { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}
