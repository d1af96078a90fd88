import { describe, expect, it } from 'vitest';
import type { AuditEntry, Setting } from '@/api/types';
import { registerText } from '@/i18n/core';
import example from '../../../../antiphon.example.toml?raw';
import arabic from './strings.ar.json';
import german from './strings.de.json';
import english from './strings.en.json';
import { factsOf, fileAddress, noFilter, queryOf, sentenceOf, typedOf, valueOf, type Names } from './model';

const t = registerText('admin', english);
const names: Names = { people: new Map([['p1', 'Ada'], ['p2', 'Bo']]), places: new Map([['s1', { id: 's1', name: 'Design' }], ['c1', { id: 'c1', name: '' }]]) };
const entry: AuditEntry = {
  id: 'e1', at: 0, actor_kind: 'person', actor_id: 'p1', action: 'person.role_changed', subject_kind: 'person', subject_id: 'p2', subject_name: 'Bo',
  detail: { role_before: 'member', role_after: 'admin' },
};
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '');
const sentence = (change: Partial<AuditEntry>) => plain(sentenceOf({ ...entry, ...change }, names, t));
const facts = (change: Partial<AuditEntry>) => factsOf({ ...entry, ...change }, names, t, () => 'Monday').map(plain);

describe('a deed', () => {
  it('is a sentence with the names of then', () => {
    expect(sentence({})).toBe('Ada gave Bo another role.');
    expect(sentence({ actor_id: 'p9' })).toBe('Somebody gave Bo another role.');
    expect(sentence({ actor_kind: 'command_line', actor_id: null, action: 'backup.made' })).toBe('Whoever runs the server made a backup.');
    expect(sentence({ action: 'channel.member_put', subject_kind: 'channel', subject_name: '', detail: { person_id: 'p2' } })).toBe('Ada gave Bo a place in a private channel.');
    expect(sentence({ action: 'workspace.setting_changed', subject_name: 'audit.days' })).toContain('Days that the audit log is kept');
  });

  it('says what changed', () => {
    expect(facts({})).toEqual(['role: member, now administrator']);
    expect(facts({ detail: { archived_before: false, archived_after: true, person_id: 'p2' } })).toEqual(['archived: no, now yes']);
    expect(facts({ detail: { space_id: 's1', channel_id: 'c1', kind: 'odd' } })).toEqual(['space: Design', 'channel: Private channel', 'kind: odd']);
    expect(facts({ detail: { made_at: 1, value_before: null, value_after: 5 } })).toEqual(['made on: Monday', 'value: not set, now 5']);
  });
});

describe('what is asked of the log', () => {
  it('leaves out what is not chosen', () => {
    expect(fileAddress(noFilter, 'csv', 0)).toBe('/api/audit/export?format=csv');
    const week = { person: 'p1', group: 'space', period: 'week', text: 'x y' } as const;
    expect(queryOf(week, 8 * 86_400_000_000)).toEqual({ person: 'p1', group: 'space', query: 'x y', after: 86_400_000_000 });
  });
});

describe('a setting', () => {
  const days: Setting = { name: 'audit.days', value: 400, default: 400, min: 30, max: 3650, fixed: false };
  const room: Setting = { name: 'files.person_bytes', value: 1_500_000_000, default: null, min: 1, max: 9e18, fixed: false };
  it('is typed in days or gigabytes, and empty means what counts without it', () => {
    expect([typedOf(days), typedOf({ ...days, value: 90 }), typedOf(room)]).toEqual(['', '90', '1.5']);
    expect([valueOf(days, '90'), valueOf(room, '1,5'), valueOf(room, ' '), valueOf(days, 'x')]).toEqual([90, 1_500_000_000, null, Number.NaN]);
  });
});

describe('the keys of the configuration', () => {
  const keys = [...example.matchAll(/^(?:\[(?<section>[\w.]+)\]|#(?<key>\w+) = )/gm)].reduce<{ section: string; names: string[] }>(
    ({ section, names }, { groups }) => (groups?.['section'] ? { section: `${groups['section']}.`, names } : { section, names: [...names, `${section}${groups?.['key']}`] }),
    { section: '', names: [] },
  ).names;

  it('each have a sentence in every language', () => {
    expect(keys.length).toBeGreaterThan(50);
    for (const texts of [english, german, arabic] as Record<string, string>[]) {
      const mute = keys.filter((name) => !texts[`key_${name.replaceAll('.', '_')}`]);
      expect(mute).toEqual([]);
    }
  });
});
