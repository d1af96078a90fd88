import type { Removal } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { usePerson } from '@/realtime/people';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { useText } from '../strings';
import { usePlaceName } from './usePlaceName';

export function RemovalRow({ removal }: { removal: Removal }) {
  const t = useText();
  const placeName = usePlaceName();
  const author = usePerson(removal.author_id)?.name ?? t('someone');
  const name = usePerson(removal.removed_by)?.name ?? t('someone');
  const time = formatDateTime(removal.removed_at, currentLocale());
  return (
    <CardRow
      title={t('by_in', { author, place: placeName(removal.place) })}
      text={removal.reason ?? t('no_reason')}
      end={<Chip>{t('removed_by', { name, time })}</Chip>}
    />
  );
}
