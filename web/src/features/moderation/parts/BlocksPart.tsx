import { IconBan } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { blocksQuery } from '../queries';
import { useText } from '../strings';
import { BlockedRow } from './BlockedRow';

/** Whom I block, to let them in again. */
export function BlocksPart() {
  const t = useText();
  const { data: blocked, error, refetch } = useQuery(blocksQuery);
  return (
    <Section title={t('blocks')} hint={t('blocks_hint')}>
      {!blocked && !error && <Skeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {blocked?.length === 0 && <EmptyState icon={<IconBan size={24} stroke={1.6} aria-hidden="true" />} text={t('blocks_none')} />}
      {blocked && blocked.length > 0 && (
        <CardList label={t('blocks')}>
          {blocked.map((id) => (
            <BlockedRow key={id} personId={id} />
          ))}
        </CardList>
      )}
    </Section>
  );
}
