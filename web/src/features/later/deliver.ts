/** Sends what a composer holds in another way than at once. */
import type { QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Attachment, Id, Message, Micros, Quote } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { handBack } from '@/realtime/handedBack';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { sayWhen } from './model';
import { rememberLanding, schedule, takeBack } from './queries';
import { text as say } from './strings';

type How = { kind: 'at'; due_at: Micros } | { kind: 'landing' } | { kind: 'silent' };
type Outgoing = {
  id: Id;
  channel_id: Id;
  topic_id: Id | null;
  text: string;
  files: readonly Attachment[];
  quote: Quote | null;
  everyone_ok: boolean;
};

export async function deliver(cache: QueryClient, how: How, { files, quote, ...message }: Outgoing): Promise<void> {
  const { channel_id } = message;
  const quote_id = quote?.message_id ?? null;
  if (how.kind === 'silent') {
    const { id, topic_id, text, everyone_ok } = message;
    const body = { id, topic_id, quote_id, text, everyone_ok, file_ids: files.map((file) => file.id) };
    await api.post<Message>(`/api/channels/${channel_id}/silent-messages`, body, { carriesId: true });
    rememberLanding(cache, channel_id, 'silent');
    return;
  }
  const kept = await schedule({ ...message, quote_id, files, due_at: how.kind === 'at' ? how.due_at : null });
  if (how.kind === 'landing') rememberLanding(cache, channel_id, 'deliver');
  const undo = () =>
    void takeBack(kept.id).then(
      () => handBack({ channel_id, topic_id: message.topic_id, text: message.text, files }),
      tellRefusal,
    );
  const when = sayWhen(kept.due_at, Date.now() * 1000, currentLocale(), say);
  showToast(say('will_be_posted', { when }), { action: { label: say('undo'), run: undo } });
}
