import { Link } from '@/router/Link';
import type { Person } from '@/api/types';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { Face } from '@/ui/Face';
import { StatusEmoji } from '@/ui/StatusEmoji';
import { useText } from '../strings';
import { LocalTime } from './LocalTime';
import { RoleChip } from './RoleChip';

export function PersonRow({ person, isMe }: { person: Person; isMe: boolean }) {
  const t = useText();
  return (
    <CardRow
      lead={<Face {...person} size={36} />}
      title={
        <Link to="/people/$personId" params={{ personId: person.id }}>
          {person.name} <StatusEmoji status={person.status} />
        </Link>
      }
      text={<LocalTime timeZone={person.time_zone}>{(clock) => t('clock_there', { clock, zone: zoneName(person.time_zone) })}</LocalTime>}
      end={
        <>
          {isMe && <Chip>{t('you')}</Chip>}
          <RoleChip person={person} />
        </>
      }
    />
  );
}

/** "Europe/London" reads as "London". */
function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
