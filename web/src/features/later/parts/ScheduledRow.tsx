import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Scheduled } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { copyText } from '@/lib/copyText';
import { settle } from '@/lib/settle';
import { useMinute } from '@/lib/useMinute';
import { nameOf, useChannelName } from '@/realtime/channelName';
import { handBack } from '@/realtime/handedBack';
import { decodeMentions } from '@/realtime/mentions';
import { findMentioned } from '@/realtime/named';
import { useChannelRow, useMe } from '@/realtime/start';
import { Link } from '@/router/Link';
import { navigate } from '@/router/location';
import { Button } from '@/ui/Button';
import { Chip } from '@/ui/Chip';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { sayWhen } from '../model';
import { schedule, useSendNow, useTakeBack } from '../queries';
import { useText } from '../strings';
import { EditDialog } from './EditDialog';
import styles from './Later.module.css';

/** One thing that waits, or that could not be posted, and what can be done with it. */
export function ScheduledRow({ scheduled }: { scheduled: Scheduled }) {
  const t = useText();
  const cache = useQueryClient();
  const now = useMinute();
  const channel = useChannelRow(scheduled.channel_id);
  const name = useChannelName(channel);
  const me_id = useMe()?.id;
  const [isEditing, setEditing] = useState(false);
  const takeBack = useTakeBack();
  const sendNow = useSendNow();
  const { text } = decodeMentions(scheduled.text, (id) => findMentioned(cache, id));
  const { channel_id, topic_id, failed, files } = scheduled;
  const where = channel ? nameOf(channel, name) : t('somewhere_else');
  const when = sayWhen(scheduled.due_at, now, currentLocale(), t);

  const remove = () =>
    settle(takeBack.mutateAsync(scheduled), {
      onError: tellRefusal,
      onSuccess: () => {
        const undo = () => void schedule({ ...scheduled, due_at: scheduled.lands ? null : scheduled.due_at }).catch(tellRefusal);
        // What has failed has no time any more to which it could go back.
        showToast(t('taken_back'), failed ? {} : { action: { label: t('undo'), run: undo } });
      },
    });
  const intoComposer = () =>
    settle(takeBack.mutateAsync(scheduled), {
      onError: tellRefusal,
      onSuccess: () => {
        handBack({ channel_id, topic_id, text: scheduled.text, files });
        if (topic_id) navigate({ to: '/c/$channelId/t/$topicId', params: { channelId: channel_id, topicId: topic_id } });
        else navigate({ to: '/c/$channelId', params: { channelId: channel_id } });
      },
    });
  const copy = async () => showToast((await copyText(text)) ? t('copied') : t('not_copied'));

  return (
    <li className={styles.row} aria-label={`${where}, ${when}`}>
      <p className={styles.where}>
        {channel ? (
          <Link to="/c/$channelId" params={{ channelId: channel_id }} dir="auto">
            {where}
          </Link>
        ) : (
          <b>{where}</b>
        )}
        <span>{scheduled.lands && !failed ? t('when_work_begins', { when }) : when}</span>
        {failed && <Chip tone="urgent">{t('not_posted')}</Chip>}
      </p>
      {failed && <p className={styles.why}>{t(`why_${failed}`)}</p>}
      {text && (
        <p className={styles.text} dir="auto">
          {text}
        </p>
      )}
      {files.length > 0 && <p className={styles.note}>{t('n_files', { count: files.length })}</p>}
      <div className={styles.buttons}>
        {failed && channel?.can_post && (
          <Button size="s" tone="soft" busy={takeBack.isPending} onClick={intoComposer}>
            {t('into_composer')}
          </Button>
        )}
        {failed && !channel?.can_post && (
          <Button size="s" tone="soft" onClick={() => void copy()}>
            {t('copy')}
          </Button>
        )}
        {(!failed || channel?.can_post) && (
          <Button size="s" tone="outline" onClick={() => setEditing(true)}>
            {t(failed ? 'another_time' : 'edit')}
          </Button>
        )}
        {!failed && (
          <Button size="s" tone="outline" busy={sendNow.isPending} onClick={() => settle(sendNow.mutateAsync(scheduled), { onError: tellRefusal, onSuccess: () => showToast(t('posted')) })}>
            {t('send_now')}
          </Button>
        )}
        <Button size="s" tone="plain" busy={takeBack.isPending} onClick={remove}>
          {t(failed ? 'discard' : 'take_back')}
        </Button>
      </div>
      {isEditing && (
        <EditDialog
          scheduled={scheduled}
          people={channel?.kind === 'direct' ? channel.people.filter((id) => id !== me_id) : []}
          onClose={() => setEditing(false)}
        />
      )}
    </li>
  );
}
