import { IconUserMinus } from '@tabler/icons-react';
import type { Person } from '@/api/types';
import { Link } from '@/router/Link';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { Face } from '@/ui/Face';
import { IconButton } from '@/ui/IconButton';
import { useText } from '../strings';

export type GroupMemberProps = { person: Person; isMe: boolean; onRemove: (() => void) | null };

export function GroupMember({ person, isMe, onRemove }: GroupMemberProps) {
  const t = useText();
  return (
    <CardRow
      lead={<Face {...person} size={32} />}
      title={
        <Link to="/people/$personId" params={{ personId: person.id }}>
          {person.name}
        </Link>
      }
      end={
        <>
          {isMe && <Chip>{t('you')}</Chip>}
          {onRemove && (
            <IconButton label={t('take_out', { name: person.name })} onClick={onRemove}>
              <IconUserMinus size={18} stroke={1.6} aria-hidden="true" />
            </IconButton>
          )}
        </>
      }
    />
  );
}
