/**
 * A draft is kept on this device with every stroke, and on the server a moment later, so that it follows its author. The server
 * numbers its versions: a device that wrote without having seen the newest is told, and its text stays until the author chose.
 */
import type { QueryClient } from '@tanstack/react-query';
import { api, isProblem } from '@/api/client';
import type { Draft, DraftRequest, Id } from '@/api/types';
import { readText, writeText } from '@/lib/storage';
import { updateStart } from '@/realtime/start';
import { withDraft } from './events';

export type LocalDraft = {
  text: string;
  /** The server's version that this text grew from; 0 before the first. */
  revision: number;
  /** The server has exactly this text. */
  isSaved: boolean;
  /** An earlier text that was sent to the server, which may have it under a version that is not known here. */
  sent?: string;
};

export type DraftPlace = { me_id: Id; channel_id: Id; topic_id: Id | null };
export type SaveResult = { revision: number; newer: Draft | null };

export function readLocal(place: DraftPlace): LocalDraft | null {
  try {
    const stored: unknown = JSON.parse(readText(draftKey(place)) ?? 'null');
    return isLocalDraft(stored) ? stored : null;
  } catch {
    return null;
  }
}

export function writeLocal(place: DraftPlace, draft: LocalDraft): void {
  writeText(draftKey(place), draft.text || draft.revision ? JSON.stringify(draft) : null);
}

export async function saveDraft(cache: QueryClient, place: DraftPlace, text: string, revision: number): Promise<SaveResult> {
  const request: DraftRequest = { channel_id: place.channel_id, topic_id: place.topic_id, text, revision };
  try {
    const draft = await api.put<Draft>('/api/drafts', request);
    updateStart(cache, (start) => ({ ...start, drafts: withDraft(start.drafts, draft) }));
    return { revision: draft.revision, newer: null };
  } catch (error) {
    const newer = isProblem(error, 'draft-changed') ? error.problem.draft : undefined;
    if (!newer) throw error;
    return { revision: newer.revision, newer };
  }
}

export type Beginning = LocalDraft & { conflict: Draft | null };

/** What the composer begins with: the text of this device if it has any that the server lacks, else the server's. */
export function beginningOf(local: LocalDraft | null, server: Draft | null): Beginning {
  const there = { text: server?.text ?? '', revision: Math.max(server?.revision ?? 0, local?.revision ?? 0), isSaved: true, conflict: null };
  if (!local) return there;
  // What the server had when this device last heard of it may be older than what it saved since.
  if (local.isSaved) return server && server.revision < local.revision ? { ...local, conflict: null } : there;
  const isNewer = server !== null && server.revision > local.revision && server.text !== local.text && server.text !== local.sent;
  if (!local.text && (isNewer || !server)) return there;
  return { ...local, revision: isNewer ? local.revision : there.revision, conflict: isNewer ? server : null };
}

/** Under which name a draft is kept on this device. */
export function draftKey({ me_id, channel_id, topic_id }: DraftPlace): string {
  return `antiphon.draft.${me_id}.${channel_id}.${topic_id ?? ''}`;
}

function isLocalDraft(value: unknown): value is LocalDraft {
  return typeof value === 'object' && value !== null && 'text' in value && 'revision' in value && 'isSaved' in value;
}
