import { useState } from 'react';
import type { Report } from '@/api/types';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { LinkButton } from '@/ui/LinkButton';
import { useHandleReport } from '../queries';
import { useText } from '../strings';
import styles from './Moderation.module.css';
import { RemoveReportedDialog } from './RemoveReportedDialog';

/** What can be done about a reported message. */
export function ReportButtons({ report, author }: { report: Report; author: string }) {
  const t = useText();
  const [isRemoving, setRemoving] = useState(false);
  const handle = useHandleReport();
  const isReadable = report.place.name !== null && !report.gone;
  return (
    <>
      <div className={styles.buttons}>
        <Button size="s" tone="danger" onClick={() => setRemoving(true)}>
          {t('remove_message')}
        </Button>
        <Button size="s" tone="outline" busy={handle.isPending} onClick={() => handle.mutate({ id: report.id, what: 'dismiss' })}>
          {t('may_stay')}
        </Button>
        {isReadable && (
          <LinkButton size="s" tone="plain" to="/m/$messageId" params={{ messageId: report.message_id }}>
            {t('in_place')}
          </LinkButton>
        )}
        <LinkButton size="s" tone="plain" to="/people/$personId" params={{ personId: report.author_id }}>
          {t('talk_to', { name: author })}
        </LinkButton>
      </div>
      <FormError error={handle.error} />
      {isRemoving && <RemoveReportedDialog report={report} onClose={() => setRemoving(false)} />}
    </>
  );
}
