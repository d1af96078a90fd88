/** A meeting that is written down instead: what the message says, and who is asked. */
import type { ChannelRow, Id, Meeting } from '@/api/types';
import { agendaOf } from './model';

/** As many as the server asks at once. */
export const MAX_ASKED = 50;

type Written = { stands: string; open: string };

/** Both parts under their headings, the questions counted; what is empty is left out. */
export function parkedText({ stands, open }: Written, heads: Written): string {
  const questions = agendaOf(open).map((line, idx) => `${idx + 1}. ${line}`);
  const parts = [
    [heads.stands, stands.trim()],
    [heads.open, questions.join('\n')],
  ];
  return parts.flatMap(([head, words]) => (words ? `**${head}**\n\n${words}` : [])).join('\n\n');
}

/** Everybody invited but the reader, as many as can be asked. */
export function askableOf(meeting: Meeting, me: Id | undefined): Id[] {
  return meeting.people.map(({ person_id }) => person_id).filter((id) => id !== me);
}

/** Where it can be written: in the meeting's own channel, else where the reader may, of its space if it belongs to one. */
export function placesOf({ channel_id, space_id }: Meeting, rows: readonly ChannelRow[]): ChannelRow[] {
  const own = rows.filter(({ id, can_post }) => id === channel_id && can_post);
  if (own.length > 0) return own;
  const open = rows.filter((row) => row.space_id && row.is_member && row.can_post && !row.archived);
  const near = open.filter((row) => row.space_id === space_id);
  return near.length > 0 ? near : open;
}
