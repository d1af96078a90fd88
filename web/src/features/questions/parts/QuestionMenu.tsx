import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import type { ChangeQuestion, Question, QuestionsView } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { tellRefusal } from '@/ui/tellRefusal';
import { useChangeQuestion, useWithdraw } from '../queries';
import { useText } from '../strings';
import { AnswerDialog } from './AnswerDialog';
import { MergeDialog } from './MergeDialog';
import styles from './Questions.module.css';

type QuestionMenuProps = { question: Question; view: QuestionsView; tabIndex: 0 | -1 };

/** What a moderator makes of a question, and whoever asked. */
export function QuestionMenu({ question, view, tabIndex }: QuestionMenuProps) {
  const t = useText();
  const [dialog, setDialog] = useState<'answer' | 'merge' | null>(null);
  const { channel_id, id: questions_id, closed } = view.questions;
  const change = useChangeQuestion(channel_id, questions_id);
  const withdraw = useWithdraw(channel_id, questions_id);
  const set = (wanted: ChangeQuestion) => settle(change.mutateAsync({ id: question.id, ...wanted }), { onError: tellRefusal });
  const { state } = question;
  const canWithdraw = question.is_mine && !closed && (state === 'open' || state === 'waiting');
  const others = view.items.filter(({ id, state: other }) => id !== question.id && (other === 'open' || other === 'now'));
  if (!view.may_moderate && !canWithdraw) return null;
  return (
    <div className={styles.acts}>
      {view.may_moderate && state === 'waiting' && (
        <Button size="s" tabIndex={tabIndex} busy={change.isPending} onClick={() => set({ state: 'open' })}>
          {t('let_out')}
        </Button>
      )}
      <Menu
        label={t('more', { text: question.text })}
        align="end"
        trigger={(trigger) => (
          <IconButton {...trigger} size="s" label={t('more', { text: question.text })} tabIndex={tabIndex}>
            <IconDots size={18} stroke={1.6} aria-hidden="true" />
          </IconButton>
        )}
      >
        {view.may_moderate && (
          <>
            {state !== 'now' && <MenuItem onSelect={() => set({ state: 'now' })}>{t('answer_now')}</MenuItem>}
            {state !== 'answered' && <MenuItem onSelect={() => set({ state: 'answered', answer: { how: 'live' } })}>{t('mark_live')}</MenuItem>}
            <MenuItem onSelect={() => setDialog('answer')}>{t('answer_written')}</MenuItem>
            {state !== 'answered' && <MenuItem onSelect={() => set({ state: 'answered', answer: { how: 'later' } })}>{t('answer_later')}</MenuItem>}
            {(state === 'answered' || state === 'dismissed') && <MenuItem onSelect={() => set({ state: 'open' })}>{t('open_again')}</MenuItem>}
            {!closed && others.length > 0 && <MenuItem onSelect={() => setDialog('merge')}>{t('merge')}</MenuItem>}
            {state !== 'dismissed' && (
              <>
                <MenuLine />
                <MenuItem onSelect={() => set({ state: 'dismissed' })}>{t('dismiss')}</MenuItem>
              </>
            )}
          </>
        )}
        {canWithdraw && (
          <MenuItem tone="danger" onSelect={() => settle(withdraw.mutateAsync(question.id), { onError: tellRefusal })}>
            {t('withdraw')}
          </MenuItem>
        )}
      </Menu>
      {dialog === 'answer' && <AnswerDialog question={question} view={view} onClose={() => setDialog(null)} />}
      {dialog === 'merge' && <MergeDialog question={question} others={others} view={view} onClose={() => setDialog(null)} />}
    </div>
  );
}
