import { useState } from 'react';
import type { Id, Message, PollView } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Skeleton } from '@/ui/Skeleton';
import { tellRefusal } from '@/ui/tellRefusal';
import { toggled } from '../model';
import { useClosePoll, usePoll, useVote } from '../queries';
import { useText } from '../strings';
import styles from './PollCard.module.css';
import { PollFacts } from './PollFacts';
import { PollOption } from './PollOption';

type PollCardProps = { message: Message; me_id: Id; is_member: boolean; can_manage: boolean; tabIndex: 0 | -1 };

/** A poll under its question. */
export function PollCard(props: PollCardProps) {
  const t = useText();
  const { channel_id, card } = props.message;
  const { data: view, error, refetch } = usePoll(channel_id, card?.id ?? '');
  if (view) return <Loaded {...props} view={view} />;
  if (!error) {
    return (
      <div className={styles.poll}>
        <Skeleton rows={3} />
      </div>
    );
  }
  return (
    <div className={styles.poll}>
      <p className={styles.note}>{t('failed')}</p>
      <Button size="s" tabIndex={props.tabIndex} onClick={() => void refetch()}>
        {t('retry')}
      </Button>
    </div>
  );
}

function Loaded({ view, me_id, is_member, can_manage, tabIndex }: PollCardProps & { view: PollView }) {
  const t = useText();
  const { poll, mine } = view;
  const vote = useVote(poll.channel_id, poll.id);
  const close = useClosePoll(poll.channel_id, poll.id);
  const [wantsResult, setWantsResult] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const hasResult = poll.closed || mine.length > 0 || wantsResult;
  const canVote = is_member && !poll.closed;
  const canClose = !poll.closed && (poll.created_by === me_id || can_manage);
  const choose = (idx: number) =>
    settle(vote.mutateAsync(toggled(mine, idx, poll.multiple)), {
      onError: tellRefusal,
    });
  return (
    <div className={styles.poll} role="group" aria-label={poll.multiple ? t('choose_several') : t('choose_one')}>
      {poll.options.map((option, idx) => (
        <PollOption
          key={idx}
          option={option}
          n_voters={poll.n_voters}
          isMine={mine.includes(idx)}
          isSquare={poll.multiple}
          hasResult={hasResult}
          tabIndex={tabIndex}
          onChoose={canVote ? () => choose(idx) : null}
        />
      ))}
      <div className={styles.foot}>
        <PollFacts poll={poll} />
        {!hasResult && poll.n_voters > 0 && (
          <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => setWantsResult(true)}>
            {t('show_result')}
          </Button>
        )}
        {canClose && (
          <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => setAsking(true)}>
            {t('close')}
          </Button>
        )}
      </div>
      {!is_member && !poll.closed && <p className={styles.note}>{t('not_member')}</p>}
      {isAsking && (
        <ConfirmDialog
          title={t('close_title')}
          confirmLabel={t('close')}
          tone="primary"
          busy={close.isPending}
          error={close.error}
          onConfirm={() => close.mutate(undefined, { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        >
          {t('close_text')}
        </ConfirmDialog>
      )}
    </div>
  );
}
