import { IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { GroupView, Person } from '@/api/types';
import { settle } from '@/lib/settle';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { showToast } from '@/ui/toast';
import { useAddMembers, useRemoveMember } from '../changes';
import { groupMembersQuery } from '../queries';
import { useText } from '../strings';
import { AddMembersDialog } from './AddMembersDialog';
import { GroupMember } from './GroupMember';
import type { PickPeople } from './pickPeople';

export function GroupMembers({ group, PickPeople }: { group: GroupView; PickPeople: PickPeople }) {
  const t = useText();
  const me = useMe();
  const [isAdding, setAdding] = useState(false);
  const members = useInfiniteQuery(groupMembersQuery(group.id));
  const putBack = useAddMembers(group.id);
  const remove = useRemoveMember(group.id);
  const add = group.can_manage && (
    <Button size="s" icon={<IconUserPlus size={16} stroke={1.6} aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('add_people')}
    </Button>
  );

  function takeOut({ id, name }: Person) {
    const undo = { label: t('undo'), run: () => putBack.mutate([id]) };
    settle(remove.mutateAsync(id), { onSuccess: () => showToast(t('taken_out', { name }), { action: undo }) });
  }

  return (
    <Section title={t('members')} actions={members.data && members.data.length > 0 && add}>
      {members.isPending && <Skeleton rows={3} />}
      {members.error && <ErrorState error={members.error} onRetry={() => void members.refetch()} />}
      {members.data?.length === 0 && (
        <EmptyState icon={<IconUsersGroup size={24} stroke={1.6} aria-hidden="true" />} text={t('nobody_in')} action={add} />
      )}
      {members.data && members.data.length > 0 && (
        <CardList label={t('members')}>
          {members.data.map((person) => (
            <GroupMember
              key={person.id}
              person={person}
              isMe={person.id === me?.id}
              onRemove={group.can_manage ? () => takeOut(person) : null}
            />
          ))}
        </CardList>
      )}
      <FormError error={remove.error} />
      {members.hasNextPage && (
        <Button tone="plain" busy={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
          {t('show_more')}
        </Button>
      )}
      {isAdding && <AddMembersDialog group={group} members={members.data ?? []} PickPeople={PickPeople} onClose={() => setAdding(false)} />}
    </Section>
  );
}
