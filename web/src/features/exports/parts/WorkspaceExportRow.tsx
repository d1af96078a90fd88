import { IconFileZip } from '@tabler/icons-react';
import type { WorkspaceExport } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { download } from '@/lib/download';
import { sizeInWords } from '@/lib/size';
import { formatDateTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { percentOf } from '../model';
import { useText } from '../strings';

/** One export: how far it is, or how large, and until when it is kept. */
export function WorkspaceExportRow({ made }: { made: WorkspaceExport }) {
  const t = useText();
  const locale = currentLocale();
  const texts = {
    running: t('workspace_export_running', { percent: percentOf(made, locale) }),
    failed: t('workspace_export_failed'),
    done: t('workspace_export_done', { size: sizeInWords(made.size_bytes ?? 0, locale), until: formatDateTime(made.expires_at, locale) }),
  };
  const isDone = made.state === 'done';
  return (
    <CardRow
      lead={<IconFileZip size={22} stroke={1.6} aria-hidden="true" />}
      title={formatDateTime(made.created_at, locale)}
      text={<span role="status">{texts[made.state]}</span>}
      end={
        isDone && (
          <Button size="s" onClick={() => download(`/api/workspace/exports/${made.id}`)}>
            {t('download')}
          </Button>
        )
      }
    />
  );
}
