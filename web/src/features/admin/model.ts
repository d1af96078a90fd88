/** Words for what administrators look at: the sentence of a deed and its facts, a check's numbers, a setting's value. */
import type { AuditAction, AuditEntry, AuditPlace, Id, PlaceRoom, Setting, SettingKey } from '@/api/types';
import type { Micros } from '@/lib/time';
import type { AdminText } from './strings';

type Key = Parameters<AdminText>[0];

/** The sentence of each deed: exhaustive, so that one without words does not compile. */
const sentences = {
  'audit.exported': 'deed_audit_exported',
  'backup.made': 'deed_backup_made',
  'backup.restored': 'deed_backup_restored',
  'charter.changed': 'deed_charter_changed',
  'rota.changed': 'deed_rota_changed',
  'channel.changed': 'deed_channel_changed',
  'channel.made': 'deed_channel_made',
  'channel.member_put': 'deed_channel_member_put',
  'channel.member_removed': 'deed_channel_member_removed',
  'emoji.added': 'deed_emoji_added',
  'emoji.removed': 'deed_emoji_removed',
  'emoji.switched': 'deed_emoji_switched',
  'export.downloaded': 'deed_export_downloaded',
  'export.made': 'deed_export_made',
  'group.changed': 'deed_group_changed',
  'group.made': 'deed_group_made',
  'group.member_put': 'deed_group_member_put',
  'group.member_removed': 'deed_group_member_removed',
  'group.removed': 'deed_group_removed',
  'guest.removed': 'deed_guest_removed',
  'guest_link.ended': 'deed_guest_link_ended',
  'guest_link.extended': 'deed_guest_link_extended',
  'guest_link.made': 'deed_guest_link_made',
  'guest_link.used': 'deed_guest_link_used',
  'hook.changed': 'deed_hook_changed',
  'hook.made': 'deed_hook_made',
  'hook.removed': 'deed_hook_removed',
  'import.made': 'deed_import_made',
  'invitation.list_sent': 'deed_invitation_list_sent',
  'invitation.made': 'deed_invitation_made',
  'invitation.revoked': 'deed_invitation_revoked',
  'invitation.used': 'deed_invitation_used',
  'meeting.address_forgotten': 'deed_meeting_address_forgotten',
  'links.switched': 'deed_links_switched',
  'message.removed': 'deed_message_removed',
  'poll.word_removed': 'deed_poll_word_removed',
  'poll.word_restored': 'deed_poll_word_restored',
  'person.deactivated': 'deed_person_deactivated',
  'person.erased': 'deed_person_erased',
  'person.identity_linked': 'deed_person_identity_linked',
  'person.identity_removed': 'deed_person_identity_removed',
  'person.passkey_added': 'deed_person_passkey_added',
  'person.passkey_removed': 'deed_person_passkey_removed',
  'person.passkey_suspected': 'deed_person_passkey_suspected',
  'person.reactivated': 'deed_person_reactivated',
  'person.reset_link_made': 'deed_person_reset_link_made',
  'person.role_changed': 'deed_person_role_changed',
  'person.second_step_removed': 'deed_person_second_step_removed',
  'person.second_step_set': 'deed_person_second_step_set',
  'retention.changed': 'deed_retention_changed',
  'retention.copies_seen': 'deed_retention_copies_seen',
  'retention.hold_ended': 'deed_retention_hold_ended',
  'retention.hold_made': 'deed_retention_hold_made',
  'report.dismissed': 'deed_report_dismissed',
  'space.changed': 'deed_space_changed',
  'space.made': 'deed_space_made',
  'space.member_put': 'deed_space_member_put',
  'space.member_removed': 'deed_space_member_removed',
  'time_policy.changed': 'deed_time_policy_changed',
  'numbers_policy.changed': 'deed_numbers_policy_changed',
  'token.ended': 'deed_token_ended',
  'token.made': 'deed_token_made',
  'words.changed': 'deed_words_changed',
  'workspace.renamed': 'deed_workspace_renamed',
  'workspace.second_step_demanded': 'deed_workspace_second_step_demanded',
  'workspace.set_up': 'deed_workspace_set_up',
  'workspace.setting_changed': 'deed_workspace_setting_changed',
  'workspace.setup_link_made': 'deed_workspace_setup_link_made',
} as const satisfies Record<AuditAction, Key>;

const labels = {
  name: 'label_name',
  normal: 'label_normal',
  feedback: 'label_feedback',
  urgent: 'label_urgent',
  holidays: 'label_holidays',
  no_meeting_days: 'label_no_meeting_days',
  silent_first: 'label_silent_first',
  k: 'label_k',
  n_work_lines: 'label_n_work_lines',
  open: 'label_open',
  everyone: 'label_everyone',
  on: 'label_on',
  archived: 'label_archived',
  role: 'label_role',
  kind: 'label_kind',
  scopes: 'label_scopes',
  direction: 'label_direction',
  events: 'label_events',
  enabled: 'label_enabled',
  address: 'label_address',
  renamed: 'label_renamed',
  max_uses: 'label_max_uses',
  n_rows: 'label_n_rows',
  n_blobs: 'label_n_blobs',
  made_at: 'label_made_at',
  passkey: 'label_passkey',
  reason: 'label_reason',
  value: 'label_value',
  days: 'label_days',
  keep_marked: 'label_keep_marked',
  space_id: 'label_space_id',
  channel_id: 'label_channel_id',
} as const satisfies Record<string, Key>;

const words = {
  owner: 'value_owner',
  admin: 'value_admin',
  member: 'value_member',
  guest: 'value_guest',
  poster: 'value_poster',
  public: 'value_public',
  private: 'value_private',
  announcement: 'value_announcement',
  direct: 'value_direct',
  incoming: 'value_incoming',
  outgoing: 'value_outgoing',
} as const satisfies Record<string, Key>;

export const settingKeys = {
  'audit.days': 'audit_days',
  'guests.by_members': 'guests_by_members',
  'files.person_bytes': 'files_person_bytes',
  'files.workspace_bytes': 'files_workspace_bytes',
} as const satisfies Record<Setting['name'], string>;

type Flat<Name> = Name extends `${infer Section}.${infer Rest}` ? `${Section}_${Flat<Rest>}` : Name;

/** What a key of the configuration does; without a sentence for each this does not compile. */
export function keySentence(name: SettingKey): `key_${Flat<SettingKey>}` {
  return `key_${name.replaceAll('.', '_') as Flat<SettingKey>}`;
}

export const groups = ['all', 'person', 'group', 'invitation', 'space', 'channel', 'message', 'report', 'retention', 'token', 'hook', 'workspace', 'links', 'emoji', 'export', 'import', 'backup', 'audit'] as const;
export type Group = (typeof groups)[number];
export const periods = ['all', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

const daysOf = { day: 1, week: 7, month: 30 };
const dayMicros = 24 * 3_600_000_000;

/** What is asked of the log, beside the page. */
export type Filter = { person: Id | null; group: Group; period: Period; text: string };
export const noFilter: Filter = { person: null, group: 'all', period: 'all', text: '' };

export function queryOf(filter: Filter, now: Micros): Record<string, string | number | null> {
  return {
    person: filter.person,
    group: filter.group === 'all' ? null : filter.group,
    query: filter.text || null,
    after: filter.period === 'all' ? null : now - daysOf[filter.period] * dayMicros,
  };
}

/** The address of the log as a file. */
export function fileAddress(filter: Filter, format: 'csv' | 'jsonl', now: Micros): string {
  const query = new URLSearchParams({ format });
  for (const [key, value] of Object.entries(queryOf(filter, now))) if (value !== null) query.set(key, String(value));
  return `/api/audit/export?${query.toString()}`;
}

/** Who is who and what is called how, on a page of the log. */
export type Names = { people: ReadonlyMap<Id, string>; places: ReadonlyMap<Id, AuditPlace> };

/** Keeps a name of another direction from turning the sentence around it. */
const isolated = (name: string) => `\u2068${name}\u2069`;

export function sentenceOf(entry: AuditEntry, names: Names, t: AdminText): string {
  const person = entry.detail['person_id'];
  return t(sentences[entry.action] ?? 'somebody', {
    actor: isolated(actorOf(entry, names, t)),
    name: isolated(nameOf(entry, t)),
    person: isolated((typeof person === 'string' && names.people.get(person)) || t('somebody')),
  });
}

function actorOf(entry: AuditEntry, names: Names, t: AdminText): string {
  if (entry.actor_kind === 'command_line') return t('command_line');
  if (entry.actor_kind === 'server') return t('the_server');
  return (entry.actor_id && names.people.get(entry.actor_id)) || t('somebody');
}

function nameOf(entry: AuditEntry, t: AdminText): string {
  const setting = Object.entries(settingKeys).find(([name]) => name === entry.subject_name)?.[1];
  if (setting) return t(`setting_${setting}`);
  if (entry.subject_name) return entry.subject_name;
  if (entry.subject_kind === 'channel') return t('private_channel');
  return entry.subject_kind === 'hook' ? t('a_hook') : t('somebody');
}

/** What else is to be said: what changed, from what to what. */
export function factsOf(entry: AuditEntry, names: Names, t: AdminText, dateOf: (at: Micros) => string): string[] {
  return Object.entries(entry.detail).flatMap(([key, value]) => {
    const base = key.replace(/_(before|after)$/, '');
    const label = base in labels ? t(labels[base as keyof typeof labels]) : null;
    if (label === null || key.endsWith('_after')) return [];
    const say = (value: unknown) => wordOf(base, value, names, t, dateOf);
    if (!key.endsWith('_before')) return [t('fact', { label, value: say(value) })];
    return [t('fact_changed', { label, before: say(value), after: say(entry.detail[`${base}_after`]) })];
  });
}

function wordOf(key: string, value: unknown, names: Names, t: AdminText, dateOf: (at: Micros) => string): string {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (value === null || value === undefined || value === '') return t('not_set');
  if (typeof value === 'number') return key === 'made_at' ? dateOf(value) : String(value);
  const text = String(value);
  if (key === 'space_id' || key === 'channel_id') {
    const place = names.places.get(text);
    return place ? isolated(place.name || t('channel_private')) : t('a_place');
  }
  return text in words ? t(words[text as keyof typeof words]) : isolated(text);
}

/** What a channel is called where not everybody may know its name. */
export function placeName(place: Pick<PlaceRoom, 'kind' | 'name'>, t: AdminText): string {
  if (place.name) return place.name;
  return t(place.kind === 'direct' ? 'channel_direct' : 'channel_private');
}

const gigabyte = 1_000_000_000;

/** A setting that is on or off rather than a number. */
export const isSwitch = ({ min, max }: Setting) => min === 0 && max === 1;

/** What is typed into the field of a setting, and back; NaN for what is no number. */
export function typedOf(setting: Setting): string {
  const isDefault = setting.value === setting.default;
  if (setting.value === null || isDefault) return '';
  return String(setting.name === 'audit.days' ? setting.value : setting.value / gigabyte);
}

export function valueOf(setting: Setting, typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  if (text === '') return null;
  const number = Number(text);
  return setting.name === 'audit.days' ? number : Math.round(number * gigabyte);
}
