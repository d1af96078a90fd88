import { IconInbox, IconPlayerPlayFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Cleared, Id } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { formatAgo } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { keepFocus } from '@/ui/keepFocus';
import { LinkButton } from '@/ui/LinkButton';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { callsBeside, countUnread } from '../model';
import styles from '../parts/Inbox.module.css';
import { LineRow } from '../parts/LineRow';
import { RestRow } from '../parts/RestRow';
import { onRowKeys } from '../parts/rowKeys';
import { useClear, useInbox, useUndoClear } from '../queries';
import { useText } from '../strings';

type InboxScreenProps = {
  /** Another feature's list of what is asked of me; null while there is none. */
  asks: ReactNode;
  n_asks: number;
  /** Messages that it shows already. */
  asked: ReadonlySet<Id>;
};

/** What needs me first, then one line for each channel, and an end. */
export function InboxScreen({ asks, n_asks, asked }: InboxScreenProps) {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const { data: inbox, error, refetch, isPending } = useInbox(me_id);
  const clear = useClear();
  const undo = useUndoClear();
  const takeBack = (id: Id) => settle(undo.mutateAsync(id), { onError: tellRefusal, onSuccess: () => showToast(t('undone')) });
  const mark = (channels: Id[] | null) =>
    settle(clear.mutateAsync(channels), {
      onError: tellRefusal,
      onSuccess: ({ id, n_places }) => showToast(t('marked', { count: n_places }), { action: { label: t('undo'), run: () => takeBack(id) } }),
    });
  const calls = inbox ? callsBeside(inbox, asked) : [];
  const told = new Set([...asked, ...calls.map(({ line }) => line.message_id)]);
  const n_needs = n_asks + calls.length + (inbox?.directs.length ?? 0);
  const isEmpty = inbox && n_needs === 0 && inbox.rest.length === 0;
  return (
    <Pane>
      <PaneHeader
        title={t('inbox')}
        back={null}
        icon={<IconInbox size={19} stroke={1.6} aria-hidden="true" />}
        subtitle={inbox && t('subtitle', { unread: t('n_unread', { count: countUnread(inbox) }), needs: t('n_need_you', { count: inbox.n_needs_you }) })}
        actions={
          <LinkButton to="/catch-up" tone="soft" size="s" icon={<IconPlayerPlayFilled size={14} aria-hidden="true" />}>
            {t('catch_up')}
          </LinkButton>
        }
      />
      <PaneBody>
        <div ref={keepFocus} className={styles.sheet} onKeyDown={onRowKeys}>
          {isPending && <Skeleton rows={6} />}
          {error && !inbox && <ErrorState error={error} onRetry={() => void refetch()} />}
          {isEmpty && <EmptyState icon={<IconInbox size={28} stroke={1.4} aria-hidden="true" />} text={t('empty')} />}
          {inbox && n_needs > 0 && (
            <>
              <h2>{t('needs_you')}</h2>
              {asks}
              {calls.length + inbox.directs.length > 0 && (
                <ul className={styles.list} aria-label={t('calls')}>
                  {inbox.directs.map((place) => (
                    <LineRow key={place.line.channel_id} line={place.line} end={<Chip>{t('n_new', { count: place.n_unread })}</Chip>} />
                  ))}
                  {calls.map(({ line, everyone }) => (
                    <LineRow key={line.message_id} line={line} end={<Chip>{t(everyone ? 'everyone' : 'you')}</Chip>} />
                  ))}
                </ul>
              )}
            </>
          )}
          {inbox && inbox.rest.length > 0 && (
            <>
              <h2>{t('rest')}</h2>
              <ul className={styles.list} aria-label={t('rest')}>
                {inbox.rest.map((place) => (
                  <RestRow key={place.line.channel_id} place={place} isShown={told.has(place.line.message_id)} busy={clear.isPending} onMark={() => mark([place.line.channel_id])} />
                ))}
              </ul>
            </>
          )}
          {inbox && (
            <div className={styles.after}>
              {inbox.rest.length > 1 && (
                <Button size="s" tone="plain" busy={clear.isPending} onClick={() => mark(null)}>
                  {t('mark_all_read')}
                </Button>
              )}
              {inbox.cleared && <UndoLast cleared={inbox.cleared} busy={undo.isPending} onUndo={takeBack} />}
            </div>
          )}
          {inbox && !isEmpty && <p className={styles.endLine}>{t('that_is_all')}</p>}
        </div>
      </PaneBody>
    </Pane>
  );
}

function UndoLast({ cleared, busy, onUndo }: { cleared: Cleared; busy: boolean; onUndo: (id: Id) => void }) {
  const t = useText();
  const now = useMinute();
  return (
    <Button size="s" tone="plain" busy={busy} onClick={() => onUndo(cleared.id)}>
      {t('undo_last', { when: formatAgo(cleared.at, now, currentLocale()) })}
    </Button>
  );
}
