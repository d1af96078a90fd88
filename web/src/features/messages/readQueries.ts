/** Moving the read pointer. It is shown as moved at once; the server's `read.moved` has the last word. */
import type { QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, ReadState, Seq } from '@/api/types';
import { findMyGroups } from '@/realtime/groups';
import { updateRow } from '@/realtime/start';
import { rowAfterRead } from './model';
import { findWindow } from './queries';
import { countUnread } from './reading';
import { changeTopicView } from './topicQueries';

const WAIT_MS = 400;
const RETRY_MS = 5_000;

type Pointer = { channel_id: Id; topic_id: Id | null; seq: Seq };
const waiting = new Map<string, Pointer>();
let timer: ReturnType<typeof setTimeout> | null = null;

export function moveRead(cache: QueryClient, pointer: Pointer, me_id: Id): void {
  const window = findWindow(cache, pointer.channel_id, pointer.topic_id);
  const counts = countUnread(window?.messages ?? [], pointer.seq, me_id, findMyGroups(cache, me_id));
  showRead(cache, pointer, { read_seq: pointer.seq, ...counts });
  waiting.set(`${pointer.channel_id} ${pointer.topic_id ?? ''}`, pointer);
  timer ??= setTimeout(() => void sendWaiting(cache), WAIT_MS);
}

/** What was read is read, also when the page is left before it was told. */
export function tellReadOnLeaving(cache: QueryClient): () => void {
  const leave = () => void sendWaiting(cache);
  addEventListener('pagehide', leave);
  return () => removeEventListener('pagehide', leave);
}

/** Everything, whether looked at or not: by hand only. */
export async function markAllRead(cache: QueryClient, pointer: Pointer): Promise<void> {
  showRead(cache, pointer, { read_seq: pointer.seq, n_unread: 0, n_mentions: 0 });
  await send(cache, pointer, 'read');
}

export async function unreadFrom(cache: QueryClient, pointer: Pointer): Promise<void> {
  waiting.delete(`${pointer.channel_id} ${pointer.topic_id ?? ''}`);
  await send(cache, pointer, 'unread');
}

async function sendWaiting(cache: QueryClient): Promise<void> {
  if (timer) clearTimeout(timer);
  timer = null;
  const batch = [...waiting];
  waiting.clear();
  const sendOne = async ([key, pointer]: [string, Pointer]) => {
    await send(cache, pointer, 'read').catch(() => {
      if (!waiting.has(key)) waiting.set(key, pointer);
      timer ??= setTimeout(() => void sendWaiting(cache), RETRY_MS);
    });
  };
  await Promise.all(batch.map(sendOne));
}

async function send(cache: QueryClient, { channel_id, topic_id, seq }: Pointer, verb: 'read' | 'unread'): Promise<void> {
  const body = topic_id ? { seq, topic_id } : { seq };
  const state = await api.put<ReadState>(`/api/channels/${channel_id}/${verb}`, body, { keepalive: true });
  showRead(cache, { channel_id, topic_id, seq }, state);
}

function showRead(cache: QueryClient, { channel_id, topic_id }: Pointer, state: ReadState): void {
  updateRow(cache, channel_id, (row) => rowAfterRead(row, { topic_id, ...state }));
  if (topic_id) changeTopicView(cache, channel_id, topic_id, (view) => ({ ...view, read_seq: state.read_seq }));
}
