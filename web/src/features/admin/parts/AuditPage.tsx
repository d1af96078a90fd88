import { IconDownload, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { download } from '@/lib/download';
import { useDebounced } from '@/lib/useDebounced';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { fileAddress, noFilter, type Names } from '../model';
import { auditQuery } from '../queries';
import { useText } from '../strings';
import { AuditFilters } from './AuditFilters';
import { AuditRow } from './AuditRow';
import styles from './Admin.module.css';

/** Who did what, the newest first. */
export function AuditPage() {
  const t = useText();
  const [filter, setFilter] = useState(noFilter);
  const asked = { ...filter, text: useDebounced(filter.text.trim()) };
  const log = useInfiniteQuery(auditQuery(asked));
  const pages = log.data?.pages;
  const entries = pages?.flatMap((page) => page.items);
  const names = useMemo<Names>(
    () => ({
      people: new Map(pages?.flatMap((page) => page.people.map((person) => [person.id, person.name] as const))),
      places: new Map(pages?.flatMap((page) => page.places.map((place) => [place.id, place] as const))),
    }),
    [pages],
  );
  const save = (format: 'csv' | 'jsonl') => download(fileAddress(asked, format, Date.now() * 1000));
  const icon = <IconDownload size={16} stroke={1.6} aria-hidden="true" />;
  return (
    <>
      <Section title={t('audit')} hint={t('audit_hint')}>
        <AuditFilters filter={filter} people={names.people} onChange={setFilter} />
        <div className={styles.buttons}>
          <Button size="s" tone="outline" icon={icon} onClick={() => save('csv')}>
            {t('save_csv')}
          </Button>
          <Button size="s" tone="outline" icon={icon} onClick={() => save('jsonl')}>
            {t('save_jsonl')}
          </Button>
        </div>
      </Section>
      <Section title={t(`group_${filter.group}`)}>
        {log.isPending && <Skeleton />}
        {log.error && <ErrorState error={log.error} onRetry={() => void log.refetch()} />}
        {entries?.length === 0 && (
          <EmptyState
            icon={<IconHistory size={24} stroke={1.6} aria-hidden="true" />}
            text={t('no_deeds')}
            action={<Button onClick={() => setFilter(noFilter)}>{t('show_all')}</Button>}
          />
        )}
        {entries && entries.length > 0 && (
          <CardList label={t('audit')}>
            {entries.map((entry) => (
              <AuditRow key={entry.id} entry={entry} names={names} />
            ))}
          </CardList>
        )}
        {log.hasNextPage && (
          <Button tone="plain" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('show_more')}
          </Button>
        )}
      </Section>
    </>
  );
}
