import { IconGavel } from '@tabler/icons-react';
import type { Decision, Id } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { classes } from '@/lib/classes';
import { formatDate } from '@/lib/time';
import { useChannelName } from '@/realtime/channelName';
import { usePerson } from '@/realtime/people';
import { useChannelRow } from '@/realtime/start';
import { Link } from '@/router/Link';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Face } from '@/ui/Face';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import styles from '../parts/Inbox.module.css';
import { ProvisionalChip } from '../parts/ProvisionalChip';
import { onRowKeys } from '../parts/rowKeys';
import { useDecisions } from '../queries';
import { useText } from '../strings';

/** What was decided, in all my channels. */
export function DecisionsScreen() {
  const t = useText();
  return (
    <Pane>
      <PaneHeader title={t('decisions')} icon={<IconGavel size={19} stroke={1.6} aria-hidden="true" />} subtitle={t('decisions_subtitle')} />
      <PaneBody>
        <div className={styles.sheet}>
          <DecisionList space={null} />
        </div>
      </PaneBody>
    </Pane>
  );
}

/** The same of one space. */
export function DecisionList({ space }: { space: Id | null }) {
  const t = useText();
  const log = useDecisions(space);
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div onKeyDown={onRowKeys}>
      {log.isPending && <Skeleton rows={5} />}
      {log.error && !log.data && <ErrorState error={log.error} onRetry={() => void log.refetch()} />}
      {log.data && items.length === 0 && <EmptyState icon={<IconGavel size={28} stroke={1.4} aria-hidden="true" />} text={t('no_decisions')} />}
      {items.length > 0 && (
        <ul className={styles.list} aria-label={t('decisions')}>
          {items.map((decision) => (
            <Row key={decision.topic_id} decision={decision} />
          ))}
        </ul>
      )}
      {log.hasNextPage && (
        <div className={styles.after}>
          <Button tone="plain" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('more_decisions')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Row({ decision }: { decision: Decision }) {
  const person = usePerson(decision.person_id);
  const channel = useChannelName(useChannelRow(decision.channel_id));
  return (
    <li className={styles.row}>
      {person ? <Face {...person} size={34} /> : <span className={styles.noFace} />}
      <Link to="/c/$channelId/t/$topicId" params={{ channelId: decision.channel_id, topicId: decision.topic_id }} className={classes(styles.words, styles.told)} data-row="">
        <b>
          <bdi>{decision.topic_title}</bdi>
          <small>
            <bdi>#{channel}</bdi>
          </small>
        </b>
        <span>
          <span dir="auto" className={styles.decision}>
            {decision.text}
          </span>
          <small>
            <bdi>{person?.name}</bdi>, {formatDate(decision.at, currentLocale())}
          </small>
        </span>
      </Link>
      {decision.provisional_until !== null && (
        <div className={styles.end}>
          <ProvisionalChip until={decision.provisional_until} />
        </div>
      )}
    </li>
  );
}
