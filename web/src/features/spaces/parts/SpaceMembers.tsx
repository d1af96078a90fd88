import { IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person, Space, SpaceRole } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { showToast } from '@/ui/toast';
import { useSpaceMember } from '../changes';
import { spaceMembersQuery } from '../queries';
import { useText } from '../strings';
import { AddPeopleDialog } from './AddPeopleDialog';
import { MemberRow } from './MemberRow';

const roles: readonly SpaceRole[] = ['admin', 'member', 'guest'];

export function SpaceMembers({ space, canManage }: { space: Space; canManage: boolean }) {
  const t = useText();
  const [isAdding, setAdding] = useState(false);
  const members = useInfiniteQuery(spaceMembersQuery(space.id));
  const change = useSpaceMember(space.id);
  const add = canManage && (
    <Button size="s" icon={<IconUserPlus size={16} stroke={1.6} aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('add_people')}
    </Button>
  );
  function remove({ id, name: removed }: Person, role: SpaceRole) {
    const undo = { label: t('undo'), run: () => change.mutate({ person: id, role }) };
    const tell = () => showToast(t('removed', { name: removed }), { action: undo });
    settle(change.mutateAsync({ person: id, role: null }), { onSuccess: tell });
  }

  return (
    <Section title={t('members')} actions={add}>
      {members.isPending && <Skeleton />}
      {members.error && <ErrorState error={members.error} onRetry={() => void members.refetch()} />}
      {members.data && (
        <CardList label={t('members')}>
          {members.data.map(({ person, role }) => (
            <MemberRow
              key={person.id}
              person={person}
              role={role}
              roles={roles}
              canManage={canManage}
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
          name={space.name}
          members={members.data ?? []}
          place={{ space: space.id }}
          onAdd={(person) => change.mutateAsync({ person, role: 'member' })}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  );
}
