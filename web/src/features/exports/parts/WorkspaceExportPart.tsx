import { IconFileExport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { exportsQuery, useStartExport } from '../queries';
import { useText } from '../strings';
import { WorkspaceExportRow } from './WorkspaceExportRow';

/** For owners: everything as one archive. */
export function WorkspaceExportPart() {
  const t = useText();
  const { data, error, refetch } = useQuery(exportsQuery);
  const start = useStartExport();
  const isRunning = data?.items.some((each) => each.state === 'running') ?? false;
  return (
    <Section
      title={t('workspace_export')}
      hint={t('workspace_export_hint')}
      actions={
        <Button
          icon={<IconFileExport size={18} stroke={1.6} aria-hidden="true" />}
          busy={start.isPending || isRunning}
          onClick={() => start.mutate()}
        >
          {t('workspace_export_start')}
        </Button>
      }
    >
      <FormError error={start.error} />
      {!data && !error && <Skeleton rows={1} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <EmptyState text={t('workspace_export_none')} />}
      {data && data.items.length > 0 && (
        <CardList label={t('workspace_export')}>
          {data.items.map((made) => (
            <WorkspaceExportRow key={made.id} made={made} />
          ))}
        </CardList>
      )}
    </Section>
  );
}
