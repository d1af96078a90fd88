import { IconFlag } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Select } from '@/ui/Select';
import { Skeleton } from '@/ui/Skeleton';
import { reportsQuery, type ReportState } from '../queries';
import { useText } from '../strings';
import { ChannelSelect } from './ChannelSelect';
import styles from './Moderation.module.css';
import { ReportCard } from './ReportCard';

/** What people mind, and what became of it. */
export function ReportsPart() {
  const t = useText();
  const [state, setState] = useState<ReportState>('open');
  const [channel_id, setChannel] = useState<Id | null>(null);
  const reports = useInfiniteQuery(reportsQuery(state, channel_id));
  const states = (['open', 'handled'] as const).map((value) => ({ value, label: t(`reports_${value}`) }));
  return (
    <Section title={t('reports')} hint={t('reports_hint')}>
      <div className={styles.filters}>
        <Select label={t('show')} value={state} options={states} onChange={setState} />
        <ChannelSelect value={channel_id} onChange={setChannel} />
      </div>
      {reports.isPending && <Skeleton rows={4} />}
      {reports.error && <ErrorState error={reports.error} onRetry={() => void reports.refetch()} />}
      {reports.data?.length === 0 && (
        <EmptyState
          icon={<IconFlag size={24} stroke={1.6} aria-hidden="true" />}
          text={t(`reports_none_${state}`)}
          {...(channel_id && { action: <Button onClick={() => setChannel(null)}>{t('show_all')}</Button> })}
        />
      )}
      {reports.data && reports.data.length > 0 && (
        <ul className={styles.cards} aria-label={t('reports')}>
          {reports.data.map((report) => (
            <ReportCard key={report.id} report={report} />
          ))}
        </ul>
      )}
      {reports.hasNextPage && (
        <Button tone="plain" busy={reports.isFetchingNextPage} onClick={() => void reports.fetchNextPage()}>
          {t('show_more')}
        </Button>
      )}
    </Section>
  );
}
