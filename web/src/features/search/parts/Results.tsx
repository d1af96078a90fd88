import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import type { SearchSort } from '@/api/types';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { fieldErrors } from '@/ui/fieldErrors';
import { Skeleton } from '@/ui/Skeleton';
import { filtersIn } from '../model';
import { searchQuery } from '../queries';
import { useText } from '../strings';
import { HitRow } from './HitRow';
import { Notes } from './Notes';
import styles from './Results.module.css';

export type ResultsProps = { q: string; sort: SearchSort; onClearFilters: () => void };

/** What was found, page after page. Arrows move from hit to hit, and from the first back to the field. */
export function Results({ q, sort, onClearFilters }: ResultsProps) {
  const t = useText();
  const found = useInfiniteQuery(searchQuery(q, sort));
  const pages = found.data?.pages ?? [];
  const hits = pages.flatMap((page) => page.hits);
  const channels = new Map(pages.flatMap((page) => page.channels).map((channel) => [channel.id, channel]));
  const notes = pages[0]?.notes ?? [];
  const refusal = fieldErrors(found.error).q;

  if (found.isPending) return <Skeleton rows={6} />;
  if (refusal) return <EmptyState icon={<IconSearch size={24} stroke={1.6} aria-hidden="true" />} text={refusal} />;
  if (found.error && hits.length === 0) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <Notes notes={notes} />
      {hits.length === 0 && (
        <EmptyState
          icon={<IconSearch size={24} stroke={1.6} aria-hidden="true" />}
          text={t('none')}
          action={filtersIn(q).length > 0 && <Button onClick={onClearFilters}>{t('clear_filters')}</Button>}
        />
      )}
      {hits.length > 0 && (
        <>
          <p className="visually-hidden" role="status">
            {t('n_found', { count: hits.length })}
          </p>
          <ul className={styles.list} aria-label={t('results')} onKeyDown={moveAmongHits}>
            {hits.map((hit) => (
              <HitRow key={hit.kind + hit.message_id} hit={hit} channel={channels.get(hit.channel_id)} />
            ))}
          </ul>
          {found.hasNextPage ? (
            <Button tone="plain" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {t('more')}
            </Button>
          ) : (
            <p className={styles.end}>{t('that_is_all')}</p>
          )}
        </>
      )}
    </>
  );
}

function moveAmongHits(event: KeyboardEvent<HTMLUListElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit]')];
  const next = links.findIndex((link) => link === document.activeElement) + step;
  event.preventDefault();
  if (next < 0) document.querySelector<HTMLElement>('[data-search-field]')?.focus();
  else links[next]?.focus();
}
