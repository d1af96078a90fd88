import { useState } from 'react';
import type { Id, Message, PollView } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { Skeleton } from '@/ui/Skeleton';
import { tellRefusal } from '@/ui/tellRefusal';
import { useClosePoll, usePoll, useVote } from '../queries';
import { useText } from '../strings';
import { toggled } from '../voting';
import styles from './PollCard.module.css';
import { PollFacts } from './PollFacts';
import { PollOption } from './PollOption';
import { PollScale } from './PollScale';
import { PollWords } from './PollWords';

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
  const close = useClosePoll(poll.channel_id, poll.id);
  const [wantsResult, setWantsResult] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const hasVoted = mine.length > 0 || view.words.length > 0;
  const hasResult = view.is_told && (poll.closed || hasVoted || wantsResult);
  const canVote = is_member && !poll.closed;
  const canClose = !poll.closed && (poll.created_by === me_id || can_manage);
  const shown = { view, hasResult, canVote, tabIndex };
  return (
    <div className={styles.poll}>
      {poll.kind === 'words' ? <PollWords {...shown} /> : <Choices {...shown} />}
      <div className={styles.foot}>
        <PollFacts view={view} hasResult={hasResult} />
        {view.is_told && !hasResult && poll.n_voters > 0 && (
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

type ChoicesProps = { view: PollView; hasResult: boolean; canVote: boolean; tabIndex: 0 | -1 };

function Choices({ view: { poll, mine }, hasResult, canVote, tabIndex }: ChoicesProps) {
  const t = useText();
  const vote = useVote(poll.channel_id, poll.id);
  const several = poll.kind === 'several';
  const choose = (idx: number) =>
    settle(vote.mutateAsync(toggled(mine, idx, several)), {
      onError: tellRefusal,
    });
  if (poll.kind === 'scale') {
    return <PollScale poll={poll} mine={mine} hasResult={hasResult} tabIndex={tabIndex} onChoose={canVote ? choose : null} />;
  }
  return (
    <div className={styles.options} role="group" aria-label={several ? t('choose_several') : t('choose_one')}>
      {poll.options.map((option, idx) => (
        <PollOption
          key={idx}
          option={option}
          n_voters={poll.n_voters}
          isMine={mine.includes(idx)}
          isSquare={several}
          hasResult={hasResult}
          tabIndex={tabIndex}
          onChoose={canVote ? () => choose(idx) : null}
        />
      ))}
    </div>
  );
}
