import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Routine } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { useMinute } from '@/lib/useMinute';
import { nameOf, useChannelName } from '@/realtime/channelName';
import { decodeMentions } from '@/realtime/mentions';
import { findMentioned } from '@/realtime/named';
import { useChannelRow } from '@/realtime/start';
import { Link } from '@/router/Link';
import { Button } from '@/ui/Button';
import { Chip } from '@/ui/Chip';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { tellRefusal } from '@/ui/tellRefusal';
import { sayWhen } from '../model';
import { sayRhythm } from '../rhythm';
import { useChangeRoutine, useEndRoutine } from '../routineQueries';
import { useText } from '../strings';
import type { WordsField } from '../wordsField';
import styles from './Later.module.css';
import { RoutineDialog } from './RoutineDialog';

/** One thing that comes back: when, what it says, and the ways to let it rest or end. */
export function RoutineRow({ routine, WordsField }: { routine: Routine; WordsField: WordsField }) {
  const t = useText();
  const now = useMinute();
  const cache = useQueryClient();
  const locale = currentLocale();
  const channel = useChannelRow(routine.channel_id);
  const name = useChannelName(channel);
  const [shown, setShown] = useState<'edit' | 'end' | null>(null);
  const change = useChangeRoutine();
  const end = useEndRoutine();
  const { id, kind, revision, channel_id, text, rhythm, next_at, stopped } = routine;
  const where = channel ? nameOf(channel, name) : t('somewhere_else');
  const say = (more: { paused?: boolean; skip?: boolean }) => settle(change.mutateAsync({ id, revision, ...more }), { onError: tellRefusal });
  const { text: shown_text } = decodeMentions(text, (id) => findMentioned(cache, id));
  const close = () => setShown(null);
  return (
    <li className={styles.row}>
      <p className={styles.where}>
        {channel ? (
          <Link to="/c/$channelId" params={{ channelId: channel_id }} dir="auto">
            {where}
          </Link>
        ) : (
          <b>{where}</b>
        )}
        <span>{sayRhythm(rhythm, locale, t)}</span>
        {kind === 'check_in' && <Chip>{t('question')}</Chip>}
        {next_at === null && <Chip tone={stopped ? 'urgent' : 'due'}>{t(stopped ? 'stopped' : 'rests')}</Chip>}
      </p>
      {stopped && <p className={styles.why}>{t(`why_${stopped}`)}</p>}
      {next_at !== null && <p className={styles.why}>{t('next_time', { when: sayWhen(next_at, now, locale, t) })}</p>}
      <p className={styles.text} dir="auto">
        {shown_text}
      </p>
      <div className={styles.buttons}>
        <Button size="s" tone="outline" onClick={() => setShown('edit')}>
          {t('edit')}
        </Button>
        {next_at !== null && (
          <Button size="s" tone="outline" busy={change.isPending} onClick={() => say({ skip: true })}>
            {t('skip_next')}
          </Button>
        )}
        <Button size="s" tone={next_at === null ? 'soft' : 'outline'} busy={change.isPending} onClick={() => say({ paused: next_at !== null })}>
          {t(next_at === null ? 'go_on' : 'rest')}
        </Button>
        <Button size="s" tone="plain" onClick={() => setShown('end')}>
          {t('end')}
        </Button>
      </div>
      {shown === 'edit' && <RoutineDialog kind={kind} channel_id={channel_id} topic_id={routine.topic_id} text={text} routine={routine} WordsField={WordsField} onClose={close} />}
      {shown === 'end' && (
        <ConfirmDialog
          title={t('end_title')}
          confirmLabel={t('end')}
          busy={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate(routine, { onSuccess: close })}
          onClose={close}
        >
          {t('end_text')}
        </ConfirmDialog>
      )}
    </li>
  );
}
