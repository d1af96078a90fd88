import { useInfiniteQuery } from '@tanstack/react-query';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { ownReportsQuery } from '../queries';
import { useText } from '../strings';

/** What I reported, and whether somebody has seen to it. */
export function OwnReportsPart() {
  const t = useText();
  const reports = useInfiniteQuery(ownReportsQuery);
  return (
    <Section title={t('own_reports')} hint={t('own_reports_hint')}>
      {reports.isPending && <Skeleton rows={2} />}
      {reports.error && <ErrorState error={reports.error} onRetry={() => void reports.refetch()} />}
      {reports.data?.length === 0 && <EmptyState text={t('own_reports_none')} />}
      {reports.data && reports.data.length > 0 && (
        <CardList label={t('own_reports')}>
          {reports.data.map((report) => (
            <CardRow
              key={report.message_id}
              title={t(`reason_${report.reason}`)}
              text={t('reported_at', { time: formatDateTime(report.at, currentLocale()) })}
              end={<Chip {...(report.handled && { tone: 'accent' as const })}>{t(report.handled ? 'own_report_seen' : 'own_report_waits')}</Chip>}
            />
          ))}
        </CardList>
      )}
      {reports.hasNextPage && (
        <Button tone="plain" busy={reports.isFetchingNextPage} onClick={() => void reports.fetchNextPage()}>
          {t('show_more')}
        </Button>
      )}
    </Section>
  );
}
