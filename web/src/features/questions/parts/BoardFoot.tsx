import { useState } from 'react';
import type { QuestionsView } from '@/api/types';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useCloseQuestions } from '../queries';
import { useText } from '../strings';
import styles from './Questions.module.css';

type BoardFootProps = {
  view: QuestionsView;
  n_open: number;
  n_answered: number;
  n_more: number;
  showsAll: boolean;
  /** `null`: everything is shown. */
  onMore: (() => void) | null;
  tabIndex: 0 | -1;
};

/** How it stands, more of it, and its end. */
export function BoardFoot({ view: { questions, may_moderate }, n_open, n_answered, n_more, showsAll, onMore, tabIndex }: BoardFootProps) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const close = useCloseQuestions(questions.channel_id, questions.id);
  const facts = [
    ...(n_open > 0 ? [t('n_open', { count: n_open })] : []),
    ...(n_answered > 0 ? [t('n_answered', { count: n_answered })] : []),
    ...(questions.moderated ? [t('is_moderated')] : []),
    ...(questions.closed ? [t('closed')] : []),
  ];
  return (
    <div className={styles.foot}>
      <span className={styles.note}>{facts.join(' · ')}</span>
      {onMore && (n_more > 0 || showsAll) && (
        <Button size="s" tone="plain" tabIndex={tabIndex} aria-expanded={showsAll} onClick={onMore}>
          {showsAll ? t('show_fewer') : t('show_all')}
        </Button>
      )}
      {may_moderate && !questions.closed && (
        <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => setAsking(true)}>
          {t('close')}
        </Button>
      )}
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
