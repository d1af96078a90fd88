import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { CardRow } from '@/ui/CardRow';
import { Face } from '@/ui/Face';
import { useText } from '../strings';
import { UnblockButton } from './UnblockButton';

export function BlockedRow({ personId }: { personId: Id }) {
  const t = useText();
  const person = usePerson(personId);
  return (
    <CardRow
      lead={person && <Face {...person} size={36} />}
      title={person?.name ?? t('someone')}
      end={<UnblockButton personId={personId} />}
    />
  );
}
