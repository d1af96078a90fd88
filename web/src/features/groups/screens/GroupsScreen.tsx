import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useMe } from '@/realtime/start';
import { navigate } from '@/router/location';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { GroupDialog } from '../parts/GroupDialog';
import { GroupRow } from '../parts/GroupRow';
import { groupsQuery } from '../queries';
import { useText } from '../strings';

/** All groups that one may see: the workspace's, and those of each space. */
export function GroupsScreen({ tabs }: { tabs: ReactNode }) {
  const t = useText();
  const me = useMe();
  const [isMaking, setMaking] = useState(false);
  const { data: groups, error, isPending, refetch } = useQuery(groupsQuery);
  const canMake = me?.role === 'owner' || me?.role === 'admin';
  const make = canMake && (
    <Button icon={<IconPlus size={18} stroke={1.6} aria-hidden="true" />} onClick={() => setMaking(true)}>
      {t('new_group')}
    </Button>
  );
  return (
    <Pane>
      <PaneHeader title={t('groups')} back="/people" actions={make} />
      {tabs}
      <PaneBody>
        <Section title={t('all_groups')} hint={t('groups_hint')}>
          {isPending && <Skeleton />}
          {error && <ErrorState error={error} onRetry={() => void refetch()} />}
          {groups?.length === 0 && (
            <EmptyState
              icon={<IconUsersGroup size={24} stroke={1.6} aria-hidden="true" />}
              text={canMake ? t('no_groups') : t('no_groups_yet')}
              action={make}
            />
          )}
          {groups && groups.length > 0 && (
            <CardList label={t('groups')}>
              {groups.map((group) => (
                <GroupRow key={group.id} group={group} showsSpace />
              ))}
            </CardList>
          )}
        </Section>
      </PaneBody>
      {isMaking && (
        <GroupDialog
          spaceId={null}
          onDone={({ id }) => navigate({ to: '/groups/$groupId', params: { groupId: id } })}
          onClose={() => setMaking(false)}
        />
      )}
    </Pane>
  );
}
