/** Small whole things for tests; name only what the test is about. */
import type { ChannelRow, Me, Person, Space, Start } from '@/api/types';

let lastId = 0;
function nextId(): string {
  lastId += 1;
  return `00000000-0000-7000-8000-${String(lastId).padStart(12, '0')}`;
}

export function aPerson(given: Partial<Person> = {}): Person {
  return {
    id: nextId(),
    name: 'Ada Lovelace',
    pronunciation: null,
    picture: null,
    time_zone: 'Europe/London',
    language: 'en',
    role: 'member',
    deactivated: false,
    ...given,
  };
}

export function aMe(given: Partial<Me> = {}): Me {
  return { ...aPerson(given), email: 'ada@example.org', onboarded: true, ...given };
}

export function aSpace(given: Partial<Space> = {}): Space {
  return {
    id: nextId(),
    name: 'Biology',
    kind: 'team',
    description: '',
    open: true,
    archived: false,
    n_members: 1,
    my_role: 'member',
    ...given,
  };
}

export function aChannel(given: Partial<ChannelRow> = {}): ChannelRow {
  return {
    id: nextId(),
    space_id: null,
    kind: 'public',
    name: 'general',
    description: '',
    archived: false,
    created_by: 'ada',
    n_members: 1,
    people: [],
    slow_s: 0,
    can_post: true,
    can_manage: false,
    is_member: true,
    head: 1,
    last_at: null,
    read_seq: 1,
    n_unread: 0,
    n_mentions: 0,
    topics: [],
    slow_until: null,
    favourite: false,
    position: null,
    ...given,
  };
}

export function aStart(given: Partial<Start> = {}): Start {
  return {
    me: aMe(),
    workspace: { id: nextId(), name: 'Riverside College' },
    spaces: [],
    channels: [],
    following: [],
    levels: {},
    blocked: [],
    may_upload: true,
    members_make_guest_links: false,
    drafts: [],
    people: [],
    cursors: {},
    page: null,
    ...given,
  };
}
