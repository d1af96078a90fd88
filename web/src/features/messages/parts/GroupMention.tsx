import type { MouseEvent } from 'react';
import type { Id } from '@/api/types';
import { useGroupName, useIsMyGroup } from '@/realtime/groups';
import { navigateToHref } from '@/router/location';
import { hrefOf } from '@/router/paths';
import { useText } from '../strings';
import { useIsActive } from './activeRow';
import styles from './Markup.module.css';

/** A group by the name that it has now, and the way to who is in it. */
export function GroupMention({ id, me_id }: { id: Id; me_id: Id }) {
  const t = useText();
  const group = useGroupName(id);
  const isMine = useIsMyGroup(id, me_id);
  const tabIndex = useIsActive() ? 0 : -1;
  if (!group) return <span className={styles.mention}>{t('unknown_group')}</span>;
  const href = hrefOf({ to: '/groups/$groupId', params: { groupId: id } });
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    navigateToHref(href);
  };
  return (
    <a href={href} onClick={go} className={styles.mention} data-me={isMine || undefined} title={group.title} tabIndex={tabIndex}>
      <bdi>@{group.handle}</bdi>
    </a>
  );
}
