import { useQuery } from '@tanstack/react-query';
import { currentLocale } from '@/i18n/core';
import { sizeInWords } from '@/lib/size';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { storageQuery } from '../queries';
import { useText } from '../strings';
import { PersonRooms } from './PersonRooms';
import { PlaceRooms } from './PlaceRooms';
import { SettingList } from './SettingList';
import { SpaceRooms } from './SpaceRooms';

/** What takes room, the limits, and who and where it is. */
export function StoragePage() {
  const t = useText();
  const { data: storage, error, refetch } = useQuery(storageQuery);
  const size = (n_bytes: number) => sizeInWords(n_bytes, currentLocale());
  const hint = storage && t('by_kind_hint', { used: size(storage.files_bytes), free: storage.free_bytes === null ? '–' : size(storage.free_bytes) });
  return (
    <>
      <Section title={t('by_kind')} hint={hint}>
        {!storage && !error && <Skeleton rows={3} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {storage && (
          <CardList label={t('by_kind')}>
            {storage.kinds.map((kind) => (
              <CardRow
                key={kind.kind}
                title={t(`room_${kind.kind}`)}
                text={kind.kind === 'database' ? undefined : t('n_files', { count: kind.n })}
                end={size(kind.n_bytes)}
              />
            ))}
          </CardList>
        )}
      </Section>
      <Section title={t('limits')} hint={t('limits_hint')}>
        <SettingList about="files" />
      </Section>
      <SpaceRooms />
      <PlaceRooms />
      <PersonRooms />
    </>
  );
}
