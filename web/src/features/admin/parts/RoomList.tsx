import type { ReactNode } from 'react';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { useText } from '../strings';

export type RoomListProps = {
  title: string;
  list: { isPending: boolean; error: Error | null; hasNextPage: boolean; isFetchingNextPage: boolean; refetch: () => unknown; fetchNextPage: () => unknown };
  n: number | undefined;
  children: ReactNode;
};

/** A list that is fetched page by page, in its four states. */
export function RoomList({ title, list, n, children }: RoomListProps) {
  const t = useText();
  return (
    <Section title={title} hint={n === 0 ? t('no_files') : undefined}>
      {list.isPending && <Skeleton rows={3} />}
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {n !== undefined && n > 0 && <CardList label={title}>{children}</CardList>}
      {list.hasNextPage && (
        <Button tone="plain" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('show_more')}
        </Button>
      )}
    </Section>
  );
}
