import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelRow, Id } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { readableText } from '@/realtime/readableText';
import { navigate } from '@/router/location';
import { FormDialog } from '@/ui/FormDialog';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { tellRefusal } from '@/ui/tellRefusal';
import { sendAgenda, useGoLive, useTellsHosts } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';

type LiveDialogProps = {
  channel: ChannelRow;
  topic_id: Id | null;
  /** What stands in the composer already; it is emptied once this is posted. */
  text: string;
  /** The same as it is sent, with mentions. */
  words: string;
  /** The points that it begins with. */
  agenda?: readonly string[];
  onClose: () => void;
  onDone: () => void;
};

/** What it is about, and then one is in the lobby. */
export function LiveDialog({ channel, topic_id, text, words, agenda = [], onClose, onDone }: LiveDialogProps) {
  const t = useText();
  const [ids] = useState(() => ({ id: uuidv7(), message_id: uuidv7(), backchannel_id: uuidv7() }));
  const cache = useQueryClient();
  const [names] = useState(() => readableText(cache, words));
  const [about, setAbout] = useState(names.text);
  const [isOpen, setOpen] = useState(true);
  const [onlyListen, setOnlyListen] = useState(false);
  const goLive = useGoLive(channel.id);
  const tellsHosts = useTellsHosts(channel.id);

  const submit = () => {
    const request = {
      ...ids,
      about: names.encode(about).trim(),
      is_open: isOpen,
      ...(onlyListen && { usual_role: 'listener' as const }),
      ...(topic_id && { topic_id }),
    };
    goLive.mutate(request, {
      onSuccess: async ({ session }) => {
        if (agenda.length > 0) await sendAgenda(channel.id, session.id, agenda).catch(tellRefusal);
        onClose();
        if (text.trim() !== '') onDone();
        navigate({ to: '/c/$channelId/live/$liveId', params: { channelId: channel.id, liveId: session.id } });
      },
    });
  };

  return (
    <FormDialog
      title={t('go_live')}
      hint={t('go_live_hint')}
      submitLabel={t('go_live')}
      busy={goLive.isPending}
      isReady={about.trim() !== ''}
      error={goLive.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextArea label={t('about')} hint={t('about_hint')} value={about} onChange={setAbout} rows={2} data-autofocus="" />
      <Switch label={t('open_at_once')} hint={t('open_at_once_hint')} checked={isOpen} onChange={setOpen} />
      <Switch label={t('only_listen')} hint={t('only_listen_hint')} checked={onlyListen} onChange={setOnlyListen} />
      {tellsHosts && <p className={styles.small}>{t('is_told_begin')}</p>}
    </FormDialog>
  );
}
