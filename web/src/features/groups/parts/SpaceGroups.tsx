import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { navigate } from '@/router/location';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { spaceGroupsQuery } from '../queries';
import { useText } from '../strings';
import { GroupDialog } from './GroupDialog';
import { GroupRow } from './GroupRow';

/** The groups of one space: crews of a team, sections of a class. */
export function SpaceGroups({ spaceId, canManage }: { spaceId: Id; canManage: boolean }) {
  const t = useText();
  const [isMaking, setMaking] = useState(false);
  const { data: groups, error, isPending, refetch } = useQuery(spaceGroupsQuery(spaceId));
  const make = canManage && (
    <Button size="s" icon={<IconPlus size={16} stroke={1.6} aria-hidden="true" />} onClick={() => setMaking(true)}>
      {t('new_group')}
    </Button>
  );
  return (
    <Section title={t('groups')} hint={t('groups_hint')} actions={groups && groups.length > 0 && make}>
      {isPending && <Skeleton rows={3} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {groups?.length === 0 && (
        <EmptyState icon={<IconUsersGroup size={24} stroke={1.6} aria-hidden="true" />} text={t('no_groups')} action={make} />
      )}
      {groups && groups.length > 0 && (
        <CardList label={t('groups')}>
          {groups.map((group) => (
            <GroupRow key={group.id} group={group} />
          ))}
        </CardList>
      )}
      {isMaking && (
        <GroupDialog
          spaceId={spaceId}
          onDone={({ id }) => navigate({ to: '/groups/$groupId', params: { groupId: id } })}
          onClose={() => setMaking(false)}
        />
      )}
    </Section>
  );
}
