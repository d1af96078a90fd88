import { IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelRole, ChannelRow, Person } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { useMe } from '@/realtime/start';
import { CardList } from '@/ui/CardList';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { PanelHeading } from '@/ui/PanelHeading';
import { Skeleton } from '@/ui/Skeleton';
import { showToast } from '@/ui/toast';
import { useChannelMember } from '../changes';
import { channelMembersQuery } from '../queries';
import { useText } from '../strings';
import { AddPeopleDialog } from './AddPeopleDialog';
import { MemberRow } from './MemberRow';
import styles from './AboutChannel.module.css';

const roles: readonly ChannelRole[] = ['admin', 'member'];
/** Where only chosen people post there is one role more. */
const announcementRoles: readonly ChannelRole[] = ['admin', 'poster', 'member'];

export function ChannelMembers({ row, name }: { row: ChannelRow; name: string }) {
  const t = useText();
  const [isAdding, setAdding] = useState(false);
  const members = useInfiniteQuery(channelMembersQuery(row.id));
  const change = useChannelMember(row.id);
  const isDirect = row.kind === 'direct';
  const canAdd = !isDirect && !useMe()?.link_guest && !row.archived && (row.can_manage || (row.kind === 'public' && row.is_member));
  function remove({ id, name: removed, link_guest: isGuest }: Person, role: ChannelRole) {
    // A guest by link does not come back.
    if (isGuest) return settle(change.mutateAsync({ person: id, role: null }), { onSuccess: () => showToast(t('guest_removed', { name: removed })) });
    const undo = { label: t('undo'), run: () => change.mutate({ person: id, role }) };
    const tell = () => showToast(t('removed', { name: removed }), { action: undo });
    settle(change.mutateAsync({ person: id, role: null }), { onSuccess: tell });
  }

  return (
    <section className={styles.members}>
      <header>
        <PanelHeading>{t('n_members', { count: row.n_members })}</PanelHeading>
        {canAdd && (
          <Button size="s" icon={<IconUserPlus size={16} stroke={1.6} aria-hidden="true" />} onClick={() => setAdding(true)}>
            {t('add_people')}
          </Button>
        )}
      </header>
      {members.isPending && <Skeleton rows={3} />}
      {members.error && <ErrorState error={members.error} onRetry={() => void members.refetch()} />}
      {members.data && (
        <CardList label={t('members')}>
          {members.data.map(({ person, role }) => (
            <MemberRow
              key={person.id}
              person={person}
              role={role}
              roles={person.link_guest ? [] : row.kind === 'announcement' ? announcementRoles : roles}
              canManage={row.can_manage && !isDirect}
              onRole={(next) => change.mutate({ person: person.id, role: next })}
              onRemove={() => remove(person, role)}
            />
          ))}
        </CardList>
      )}
      <FormError error={change.error} />
      {members.hasNextPage && (
        <Button tone="plain" busy={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
          {t('show_more')}
        </Button>
      )}
      {isAdding && (
        <AddPeopleDialog
          name={name}
          members={members.data ?? []}
          place={{ channel: row.id }}
          onAdd={(person) => change.mutateAsync({ person, role: 'member' })}
          onClose={() => setAdding(false)}
        />
      )}
    </section>
  );
}
