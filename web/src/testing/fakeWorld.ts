/** A small school to look at: the people and the talk of design/shots. */
import type { ChannelKind, ChannelRow, Id, Me, Message, Node, Person, Space, Topic } from '@/api/types';
import type { FakeWorld } from './fakeServer';

let n_ids = 0;
/** Steady ids, so that a screen looks the same each time. */
const newId = (): Id => `01990000-0000-7000-8000-${String((n_ids += 1)).padStart(12, '0')}`;
const MINUTE_US = 60_000_000;

const NAMES = ['Noor Aziz', 'Hannah Weiss', 'Kwame Mensah', 'Priya Raman', 'Inês Duarte', 'Omar Haddad', 'Mateo Silva', 'Yuki Tanabe'];

export function makePeople(): Person[] {
  return NAMES.map((name) => ({
    id: newId(),
    name,
    pronunciation: null,
    picture: null,
    time_zone: 'Europe/Amsterdam',
    language: 'en',
    role: 'member',
    deactivated: false,
  }));
}

export function makeChannel(given: Partial<ChannelRow> & { name: string }): ChannelRow {
  return {
    id: newId(),
    space_id: null,
    kind: 'public' satisfies ChannelKind,
    description: '',
    archived: false,
    created_by: '',
    n_members: 9,
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

export function makeMessage(given: Partial<Message> & { channel_id: Id; seq: number; author_id: Id; text: string }): Message {
  return {
    id: newId(),
    topic_id: null,
    at: Date.now() * 1000,
    tree: null,
    edited_at: null,
    deleted: false,
    files: [],
    quote: null,
    reactions: [],
    topic: null,
    forward: null,
    card: null,
    pinned: false,
    ...given,
  };
}

export function makeTopic(given: Partial<Topic> & { channel_id: Id; title: string; origin: Message }): Topic {
  const { origin, ...rest } = given;
  return {
    id: newId(),
    state: 'open',
    decision: null,
    origin_id: origin.id,
    origin_seq: origin.seq,
    created_by: origin.author_id,
    created_at: origin.at,
    n_messages: 0,
    last_seq: origin.seq,
    last_at: origin.at,
    people: [],
    ...rest,
  };
}

export type WorldOptions = { n_filler?: number; n_unread?: number };

export function makeWorld({ n_filler = 60, n_unread = 0 }: WorldOptions = {}): FakeWorld {
  n_ids = 0;
  const people = makePeople();
  const [noor, hannah, kwame, priya, ines, omar] = people.map(({ id }) => id) as [Id, Id, Id, Id, Id, Id];
  const me: Me = { ...(people[0] as Person), role: 'owner', email: 'noor@example.org', onboarded: true };
  const space: Space = {
    id: newId(),
    name: 'Biology 101',
    kind: 'class',
    description: '',
    open: true,
    archived: false,
    n_members: 9,
    my_role: 'admin',
  };
  const place = { space_id: space.id, created_by: hannah };
  const channel = makeChannel({ ...place, name: 'course-redesign', description: 'Biology 101, spring intake', can_manage: true, favourite: true });
  const news = makeChannel({ ...place, name: 'announcements', kind: 'announcement', can_post: false, n_unread: 2, head: 4 });
  const quiet = makeChannel({ ...place, name: 'weekend-wins', is_member: true });
  const direct = makeChannel({ name: '', kind: 'direct', people: [noor, ines], n_members: 2 });
  const talk = makeTalk(channel, [noor, hannah, kwame, priya, ines, omar], n_filler);
  const last = talk.messages.at(-1)?.seq ?? 1;
  Object.assign(channel, { head: last, read_seq: last, topics: [] });
  if (n_unread > 0) {
    const stream = talk.messages.filter(({ topic_id }) => topic_id === null);
    channel.read_seq = stream.at(-n_unread - 1)?.seq ?? 1;
    channel.n_unread = stream.filter(({ seq, author_id }) => seq > channel.read_seq && author_id !== me.id).length;
  }
  return {
    me,
    workspace: { id: newId(), name: 'Riverside College' },
    spaces: [space],
    people,
    channels: [channel, news, quiet, direct],
    messages: talk.messages,
    topics: talk.topics,
  };
}

function makeTalk(channel: ChannelRow, ids: [Id, Id, Id, Id, Id, Id], n_filler: number) {
  const [noor, hannah, kwame, priya, ines, omar] = ids;
  const now = Date.now() * 1000;
  let seq = 0;
  const add = (author_id: Id, minutes_ago: number, text: string, more: Partial<Message> = {}) => {
    seq += 1;
    return makeMessage({ channel_id: channel.id, seq, author_id, text, at: now - minutes_ago * MINUTE_US, ...more });
  };
  const said = [
    'Room B12 is free again from Tuesday.',
    'I would keep the goggles line, students skip the third paragraph.',
    'Agreed. Can we offer a version for people without a kitchen scale? Two of my students asked for it last week, and one of them wrote a long note about why the home version is better for her: no bus at that hour.',
    'A teaspoon table works.\nI can add it before Monday.',
    'Thanks, that helps.',
  ];
  const messages = Array.from({ length: n_filler }, (_, idx) =>
    add(ids[Math.floor(idx / 2) % 6] ?? noor, 4000 + (n_filler - idx) * 9, said[idx % said.length] ?? ''),
  );
  const lab = add(hannah, 1500, 'I rewrote the week 4 lab so that it works at home, without the microscope kit. What is missing?');
  const rubric = add(kwame, 1460, 'The new marking rubric has three levels.', { tree: rubricTree() });
  const moved = add(priya, 60, 'I could not join from Chennai, but the notes made it easy. I added one question about the salt solution.', {
    reactions: [{ emoji: '👍', n: 3, people: [noor, hannah, kwame], mine: true }],
  });
  const agree = add(priya, 59, 'And I agree with moving the field trip to week 6.', { edited_at: now - 50 * MINUTE_US });
  const rest = [
    add(omar, 40, 'Room B12 has a water leak. The 08:30 class on Monday moves to B20.', {
      reactions: [{ emoji: '👀', n: 2, people: [ines, kwame] }, { emoji: '✅', n: 1, people: [priya] }],
    }),
    add(hannah, 31, '', { deleted: true }),
    add(ines, 30, 'Then the projector has to come along.', {
      quote: { message_id: moved.id, author_id: priya, text: moved.text, deleted: false },
    }),
    add(noor, 12, `<@${ines}> could you check the captions before the students see them?`, {
      tree: [{ t: 'p', c: [{ t: 'person', id: ines }, ' could you check the captions before the students see them?'] }],
    }),
    add(ines, 9, `<@${noor}> yes, by four.`, { tree: [{ t: 'p', c: [{ t: 'person', id: noor }, ' yes, by four.'] }] }),
  ];
  const topic = makeTopic({ channel_id: channel.id, title: 'Week 4 lab: osmosis at home', origin: lab });
  const decided = makeTopic({
    channel_id: channel.id,
    title: 'Field trip date',
    origin: agree,
    state: 'decided',
    decision: 'The field trip is in week 6, on Thursday.',
  });
  const replies = [
    add(ines, 120, 'The safety part is clear now. I would only move the goggles line to the top, students skip the third paragraph.', { topic_id: topic.id }),
    add(kwame, 61, 'Agreed. Can we offer a version for people without a kitchen scale? Two of my students asked.', { topic_id: topic.id }),
    add(priya, 38, 'A teaspoon table works. I can add it before Monday.', { topic_id: topic.id }),
  ];
  Object.assign(topic, { n_messages: 3, last_at: now - 38 * MINUTE_US, last_seq: seq, people: [ines, kwame, priya] });
  Object.assign(lab, { topic });
  Object.assign(agree, { topic: decided });
  return { messages: [...messages, lab, rubric, moved, agree, ...rest, ...replies], topics: [topic, decided] };
}

function rubricTree(): Node[] {
  const cell = (text: string, head = false): Node => ({ t: 'cell', ...(head ? { head: true } : {}), c: [text] });
  return [
    { t: 'p', c: ['The new marking rubric has ', { t: 'b', c: ['three levels'] }, ', see ', { t: 'a', href: 'https://example.org/rubric', c: ['the draft'] }, ':'] },
    { t: 'ul', c: [
      { t: 'task', done: true, c: ['Names the solute'] },
      { t: 'task', done: false, c: ['Draws the gradient'] },
    ] },
    { t: 'table', c: [
      { t: 'row', c: [cell('Level', true), cell('Points', true)] },
      { t: 'row', c: [cell('Complete'), cell('3')] },
      { t: 'row', c: [cell('In part'), cell('1')] },
    ] },
    { t: 'quote', c: [{ t: 'p', c: ['Write what you see, not what you expect.'] }] },
    { t: 'pre', lang: 'python', text: 'def osmosis(inside, outside):\n    return outside - inside' },
  ];
}
