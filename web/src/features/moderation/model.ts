/** Who looks after what. The server decides; this only hides what it would refuse. */
import type { Id, ModeratedPlace, ReportReason, Start } from '@/api/types';

/** Limits of the server (docs/limits.md). */
export const MAX_NOTE_CHARACTERS = 500;
export const MAX_REASON_CHARACTERS = 280;

/** In the order in which they are offered. */
export const reasons: readonly ReportReason[] = ['hurtful', 'spam', 'private', 'other'];

/** Whether there is anything that this person moderates. */
export function moderates({ me, spaces, channels }: Pick<Start, 'me' | 'spaces' | 'channels'>): boolean {
  const isAdmin = me.role === 'owner' || me.role === 'admin';
  return isAdmin || channels.some(({ can_manage }) => can_manage) || (me.role !== 'guest' && spaces.some(({ my_role }) => my_role === 'admin'));
}

/** How a place is called by somebody who may not be able to read it. */
export function placeKey({ kind, name }: Pick<ModeratedPlace, 'kind' | 'name'>): 'place_direct' | 'place_private' | null {
  if (kind === 'direct') return 'place_direct';
  return name ? null : 'place_private';
}

/** Whom I block, the newest first. */
export function withBlock(blocked: readonly Id[], person_id: Id, isBlocked: boolean): Id[] {
  const others = blocked.filter((id) => id !== person_id);
  return isBlocked ? [person_id, ...others] : others;
}
