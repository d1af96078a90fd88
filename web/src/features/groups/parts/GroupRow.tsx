import { IconUsersGroup } from '@tabler/icons-react';
import type { GroupView } from '@/api/types';
import { Link } from '@/router/Link';
import { useStart } from '@/realtime/start';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { useText } from '../strings';

/** `showsSpace` where groups of several places stand together. */
export function GroupRow({ group, showsSpace = false }: { group: GroupView; showsSpace?: boolean }) {
  const t = useText();
  const { data: start } = useStart();
  const space = start?.spaces.find(({ id }) => id === group.space_id);
  const place = group.space_id === null ? t('everywhere') : space?.name;
  const words = [group.title, t('n_people', { count: group.n_members }), showsSpace && place];
  return (
    <CardRow
      lead={<IconUsersGroup size={24} stroke={1.6} aria-hidden="true" />}
      title={
        <Link to="/groups/$groupId" params={{ groupId: group.id }}>
          @{group.handle}
        </Link>
      }
      text={words.filter(Boolean).join(' · ')}
      end={
        <>
          {group.open && !group.is_member && <Chip>{t('open')}</Chip>}
          {group.is_member && <Chip tone="accent">{t('mine')}</Chip>}
        </>
      }
    />
  );
}
