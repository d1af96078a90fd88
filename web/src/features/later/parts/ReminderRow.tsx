import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Reminder } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { useMinute } from '@/lib/useMinute';
import { decodeMentions } from '@/realtime/mentions';
import { findMentioned } from '@/realtime/named';
import { usePerson } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { Link } from '@/router/Link';
import { Button } from '@/ui/Button';
import { Chip } from '@/ui/Chip';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { moments, sayWhen } from '../model';
import { useWork } from '../queries';
import { remind, useChangeReminder, useDone } from '../reminderQueries';
import { useText } from '../strings';
import styles from './Later.module.css';
import { ReminderDialog } from './ReminderDialog';

/** One reminder: what it is about, when, and the ways to be done with it or to be told again. */
export function ReminderRow({ reminder }: { reminder: Reminder }) {
  const t = useText();
  const cache = useQueryClient();
  const now = useMinute();
  const locale = currentLocale();
  const author = usePerson(reminder.author_id ?? '')?.name;
  const work = useWork(useMe()?.id).data?.work ?? [];
  const done = useDone();
  const snooze = useChangeReminder();
  const [isEditing, setEditing] = useState(false);
  const { id, message_id, note, due_at, told_at, gone_at, text } = reminder;
  const isOver = gone_at !== null;
  const shown = text === null ? null : decodeMentions(text, (mentioned) => findMentioned(cache, mentioned)).text;

  const finish = () =>
    settle(done.mutateAsync(reminder), {
      onError: tellRefusal,
      onSuccess: () => {
        // A time that has passed cannot be given again: it comes back in a minute.
        const again = { id, message_id, note, due_at: Math.max(due_at, (Date.now() + 60_000) * 1000) };
        showToast(t('reminder_done'), text === null ? {} : { action: { label: t('undo'), run: () => void remind(again).catch(tellRefusal) } });
      },
    });

  return (
    <li className={styles.row}>
      <p className={styles.where}>
        {author && <b dir="auto">{author}</b>}
        <span>{sayWhen(due_at, now, locale, t)}</span>
        {isOver && <Chip>{t('reminder_over')}</Chip>}
        {!isOver && told_at !== null && <Chip tone="due">{t('reminder_told')}</Chip>}
      </p>
      {note && (
        <p className={styles.why} dir="auto">
          {note}
        </p>
      )}
      {shown === null ? (
        <p className={styles.note}>{t(isOver ? 'reminder_over_hint' : 'message_gone')}</p>
      ) : (
        <p className={styles.text}>
          <Link to="/m/$messageId" params={{ messageId: message_id }} dir="auto">
            {shown || t('message_without_words')}
          </Link>
        </p>
      )}
      <div className={styles.buttons}>
        <Button size="s" tone="soft" busy={done.isPending} onClick={finish}>
          {t('done')}
        </Button>
        {!isOver && (
          <Menu
            label={t('snooze')}
            trigger={(trigger) => (
              <Button {...trigger} size="s" tone="outline" busy={snooze.isPending}>
                {t('snooze')}
              </Button>
            )}
          >
            {moments(now, work).map(({ key, at }) => (
              <MenuItem key={key} hint={sayWhen(at, now, locale, t)} onSelect={() => settle(snooze.mutateAsync({ id, due_at: at }), { onError: tellRefusal })}>
                {t(`remind_${key}`)}
              </MenuItem>
            ))}
          </Menu>
        )}
        {!isOver && (
          <Button size="s" tone="plain" onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )}
      </div>
      {isEditing && <ReminderDialog reminder={reminder} onClose={() => setEditing(false)} />}
    </li>
  );
}
