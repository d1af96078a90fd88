import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { settle } from '@/lib/settle';
import { useStart } from '@/realtime/start';
import { navigate } from '@/router/location';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { TextLink } from '@/ui/TextLink';
import { useJoinGroup, useRemoveGroup } from '../changes';
import { GroupDialog } from '../parts/GroupDialog';
import { GroupMembers } from '../parts/GroupMembers';
import type { PickPeople } from '../parts/pickPeople';
import { groupQuery } from '../queries';
import { useText } from '../strings';
import styles from './GroupScreen.module.css';

/** One group: what it is called, who is in it, and for those who look after it how it is set up. */
export function GroupScreen({ groupId, PickPeople }: { groupId: Id; PickPeople: PickPeople }) {
  const t = useText();
  const { data: start } = useStart();
  const { data: group, error, refetch } = useQuery(groupQuery(groupId));
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null);
  const join = useJoinGroup(groupId);
  const remove = useRemoveGroup(groupId);
  const space = start?.spaces.find(({ id }) => id === group?.space_id);
  const place = group && (group.space_id === null ? t('everywhere') : space?.name);
  const canJoin = group && !group.is_member && (group.open || group.can_manage);
  return (
    <Pane>
      <PaneHeader
        title={group?.title ?? t('group')}
        subtitle={group && [`@${group.handle}`, place, t('n_people', { count: group.n_members })].filter(Boolean).join(' · ')}
        back="/groups"
        focusKey={groupId}
      />
      <PaneBody>
        {!group && !error && <Skeleton />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} action={<TextLink to="/groups">{t('all_groups')}</TextLink>} />}
        {group && (
          <>
            <div className={styles.buttons}>
              {canJoin && (
                <Button tone="primary" busy={join.isPending} onClick={() => join.mutate(true)}>
                  {t('join')}
                </Button>
              )}
              {group.is_member && (
                <Button busy={join.isPending} onClick={() => join.mutate(false)}>
                  {t('leave')}
                </Button>
              )}
              {group.can_manage && (
                <>
                  <Button onClick={() => setDialog('edit')}>{t('edit_group')}</Button>
                  <Button tone="outline" onClick={() => setDialog('remove')}>
                    {t('remove_group')}
                  </Button>
                </>
              )}
            </div>
            <FormError error={join.error} />
            <GroupMembers group={group} PickPeople={PickPeople} />
            {dialog === 'edit' && (
              <GroupDialog spaceId={group.space_id} group={group} onDone={() => setDialog(null)} onClose={() => setDialog(null)} />
            )}
          </>
        )}
      </PaneBody>
      {dialog === 'remove' && (
        <ConfirmDialog
          title={t('remove_title', { name: group?.title ?? '' })}
          confirmLabel={t('remove_group')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => settle(remove.mutateAsync(), { onSuccess: () => navigate({ to: '/groups' }) })}
          onClose={() => setDialog(null)}
        >
          {t('remove_hint')}
        </ConfirmDialog>
      )}
    </Pane>
  );
}
