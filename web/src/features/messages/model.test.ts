import { describe, expect, it } from 'vitest';
import type { Message, ServerEvent } from '@/api/types';
import { makeChannel, makeMessage, makePeople, makeTopic } from '@/testing/fakeWorld';
import {
  afterEvent,
  decodeMentions,
  encodeMentions,
  groupsIn,
  firstUnread,
  rowAfter,
  rowAfterMoved,
  rowAfterRead,
  rowsOf,
  withMessage,
  withNewer,
  withOlder,
  withReaction,
  type MessageWindow,
} from './model';

const CHANNEL = 'c';
const ME = 'me';
const say = (seq: number, more: Partial<Message> = {}) =>
  makeMessage({ id: `m${seq}`, channel_id: CHANNEL, seq, author_id: 'ada', text: `text ${seq}`, at: seq * 1_000_000, ...more });
const windowOf = (seqs: number[], more: Partial<MessageWindow> = {}): MessageWindow => ({
  channel_id: CHANNEL,
  topic_id: null,
  messages: seqs.map((seq) => say(seq)),
  has_older: true,
  has_newer: false,
  seq: seqs.at(-1) ?? 1,
  epoch: 0,
  ...more,
});
const pageOf = (seqs: number[], more: object = {}) => ({ ...windowOf(seqs), messages: seqs.map((seq) => say(seq)), people: [], ...more });
const event = (seq: number, kind: ServerEvent['kind'], body: object): ServerEvent =>
  ({ type: 'event', scope: CHANNEL, seq, kind, at: 0, actor: 'ada', body }) as ServerEvent;
const posted = (message: Message, topic: object | null = null) => event(message.seq, 'message.posted', { message, topic, everyone: false });
const seqs = (window: MessageWindow) => window.messages.map(({ seq }) => seq);

describe('a window', () => {
  it('grows at both ends without doubles', () => {
    const older = withOlder(windowOf([5, 6]), pageOf([3, 4, 5], { has_older: false }));
    expect(seqs(older)).toEqual([3, 4, 5, 6]);
    expect(older.has_older).toBe(false);
    expect(seqs(withNewer(windowOf([5, 6], { has_newer: true }), pageOf([6, 7])))).toEqual([5, 6, 7]);
  });

  it('takes a posted message once, whether the answer or the event comes first', () => {
    const mine = say(7);
    const byAnswer = withMessage(windowOf([5, 6]), mine);
    expect(seqs(afterEvent(byAnswer, posted(mine), ME))).toEqual([5, 6, 7]);
    const byEvent = afterEvent(windowOf([5, 6]), posted(mine), ME);
    expect(seqs(withMessage(byEvent, mine))).toEqual([5, 6, 7]);
  });

  it('puts a message that others overtook in its place', () => {
    const answered = withMessage(windowOf([5, 6]), say(8));
    expect(seqs(afterEvent(answered, posted(say(7)), ME))).toEqual([5, 6, 7, 8]);
  });

  it('ignores events that the page already knew', () => {
    const window = windowOf([5, 6], { seq: 9 });
    expect(afterEvent(window, posted(say(8)), ME)).toBe(window);
  });

  it('does not append behind a hole', () => {
    const window = afterEvent(windowOf([5, 6], { has_newer: true }), posted(say(40)), ME);
    expect(seqs(window)).toEqual([5, 6]);
    expect(window.seq).toBe(40);
  });

  it('keeps topics apart and shows their counts under the first message', () => {
    const origin = say(5);
    const topic = makeTopic({ channel_id: CHANNEL, title: 'Salt', origin, n_messages: 1 });
    const window = afterEvent(windowOf([5, 6]), posted(say(7, { topic_id: topic.id }), topic), ME);
    expect(seqs(window)).toEqual([5, 6]);
    expect(window.messages[0]?.topic).toMatchObject({ title: 'Salt', n_messages: 1 });
  });

  it('empties a deleted message and the quotes of it', () => {
    const quote = { message_id: 'm5', author_id: 'ada', text: 'text 5', deleted: false };
    const begin = windowOf([5], { messages: [say(5), say(6, { quote })] });
    const window = afterEvent(begin, event(7, 'message.deleted', { message_id: 'm5', seq: 5, topic_id: null }), ME);
    expect(window.messages[0]).toMatchObject({ deleted: true, text: '', reactions: [] });
    expect(window.messages[1]?.quote).toMatchObject({ deleted: true, text: '' });
  });

  it('lets go of the lines of what went by a rule', () => {
    const window = afterEvent(windowOf([5, 6]), event(7, 'messages.gone', { message_ids: [say(5).id], topic_ids: [] }), ME);
    expect(seqs(window)).toEqual([6]);
  });

  it('replaces the text of an edited message and keeps what hangs on it, which the event does not bring', () => {
    const reactions = [{ emoji: '👍', n: 1, people: [ME], mine: true }];
    const begin = windowOf([5], { messages: [say(5, { reactions, pinned: true, saved: true })] });
    const edited = say(5, { text: 'better', edited_at: 1, reactions: [] });
    const window = afterEvent(begin, event(7, 'message.edited', { message: edited }), ME);
    expect(window.messages[0]).toMatchObject({ text: 'better', reactions, pinned: true, saved: true });
  });

  it('pins a message and takes the pin down', () => {
    const pinned = (value: boolean, seq: number) => event(seq, 'pin.changed', { message_id: say(5).id, seq: 5, pinned: value });
    const window = afterEvent(windowOf([5]), pinned(true, 7), ME);
    expect(window.messages[0]?.pinned).toBe(true);
    expect(afterEvent(window, pinned(false, 8), ME).messages[0]?.pinned).toBe(false);
  });

  it('lets go of messages that moved elsewhere and keeps those that came', () => {
    const moved = (to: string | null) =>
      event(9, 'messages.moved', {
        message_ids: [say(6).id],
        seqs: [6],
        from_topic_id: null,
        to_topic_id: to,
        topics: [],
        merged_topic_id: null,
      });
    expect(afterEvent(windowOf([5, 6, 7]), moved('trip'), ME).messages.map(({ seq }) => seq)).toEqual([5, 7]);
    expect(afterEvent(windowOf([5, 6, 7]), moved(null), ME).messages.map(({ seq }) => seq)).toEqual([5, 6, 7]);
  });
});

describe('a reaction', () => {
  it.each([
    ['mine, added', { n: 1, people: [ME], person_id: ME, added: true }, [{ emoji: '👍', n: 1, people: [ME], mine: true }]],
    ['somebody else', { n: 1, people: ['ada'], person_id: 'ada', added: true }, [{ emoji: '👍', n: 1, people: ['ada'], mine: false }]],
    ['the last one taken away', { n: 0, people: [], person_id: 'ada', added: false }, []],
  ])('%s', (_name, change, expected) => {
    const begin = change.n === 0 ? [{ emoji: '👍', n: 1, people: ['ada'] }] : [];
    expect(withReaction(begin, { emoji: '👍', ...change }, ME)).toEqual(expected);
  });

  it('of somebody else leaves mine mine, also when there are too many to name', () => {
    const change = { emoji: '👍', n: 13, people: [], person_id: 'ada', added: true };
    expect(withReaction([{ emoji: '👍', n: 12, people: [], mine: true }], change, ME)[0]?.mine).toBe(true);
  });
});

describe('rows', () => {
  it('stand under one name while the author goes on within five minutes', () => {
    const at = (minutes: number) => new Date(2026, 10, 20, 10, minutes).getTime() * 1000;
    const messages = [
      say(1, { at: at(0) }),
      say(2, { at: at(4) }),
      say(3, { at: at(10) }),
      say(4, { at: at(11), author_id: 'bob' }),
    ];
    expect(rowsOf(messages, null).map(({ starts_group }) => starts_group)).toEqual([true, false, true, true]);
  });

  it('begin a day and the new part', () => {
    const day = (date: number) => new Date(2026, 10, date, 10).getTime() * 1000;
    const rows = rowsOf([say(1, { at: day(19) }), say(2, { at: day(20) }), say(3, { at: day(20) })], 3);
    expect(rows.map(({ starts_day }) => starts_day)).toEqual([true, true, false]);
    expect(rows.map(({ starts_new }) => starts_new)).toEqual([false, false, true]);
    expect(rows[2]?.starts_group).toBe(true);
  });

  it('find the first unread message of somebody else', () => {
    const messages = [say(1), say(2, { author_id: ME }), say(3), say(4)];
    expect(firstUnread(messages, 1, ME)).toBe(3);
    expect(firstUnread(messages, 4, ME)).toBeNull();
  });
});

describe('counts', () => {
  const reader = { me_id: ME, following: ['followed'], blocked: [], hears_all: () => false, is_viewed: () => false };
  const row = makeChannel({ id: CHANNEL, name: 'general', head: 5, read_seq: 5 });

  it('go up for what others write, with mentions', () => {
    const next = rowAfter(row, posted(say(6, { text: `hello <@${ME}>` })), reader);
    expect(next).toMatchObject({ head: 6, n_unread: 1, n_mentions: 1 });
    expect(rowAfter(next, posted(say(6)), reader)).toBe(next);
  });

  it('stay for whom I block, but not where something is announced', () => {
    const event = posted(say(6, { author_id: 'blocked', text: `<@${ME}>` }));
    const blocking = { ...reader, blocked: ['blocked'] };
    expect(rowAfter(row, event, blocking)).toMatchObject({ head: 6, n_unread: 0, n_mentions: 0 });
    expect(rowAfter({ ...row, kind: 'announcement' }, event, blocking)).toMatchObject({ n_unread: 1, n_mentions: 1 });
  });

  it('say when it is my turn again where people take turns', () => {
    const slow = { ...row, slow_s: 30 };
    const mine = posted(say(6, { author_id: ME }));
    expect(rowAfter(slow, mine, reader).slow_until).toBe(mine.at + 30_000_000);
    expect(rowAfter(slow, posted(say(6)), reader).slow_until).toBeNull();
    expect(rowAfter({ ...slow, can_manage: true }, mine, reader).slow_until).toBeNull();
  });

  it('stay for my own and for what is in front of me', () => {
    expect(rowAfter(row, posted(say(6, { author_id: ME })), reader).n_unread).toBe(0);
    expect(rowAfter(row, posted(say(6)), { ...reader, is_viewed: () => true }).n_unread).toBe(0);
  });

  it('of a topic stay with the topic', () => {
    const topic = makeTopic({ id: 'followed', channel_id: CHANNEL, title: 'Salt', origin: say(1) });
    const next = rowAfter(row, posted(say(6, { topic_id: topic.id }), topic), reader);
    expect(next.n_unread).toBe(0);
    expect(next.topics).toMatchObject([{ topic_id: topic.id, n_unread: 1 }]);
    const read = { topic_id: topic.id, read_seq: 6, n_unread: 0, n_mentions: 0 };
    expect(rowAfterRead(next, read).topics).toEqual([]);
    const stranger = makeTopic({ channel_id: CHANNEL, title: 'Sugar', origin: say(1) });
    expect(rowAfter(row, posted(say(6, { topic_id: stranger.id }), stranger), reader).topics).toEqual([]);
  });

  it('are what the server says when it says so', () => {
    const moved = { topic_id: null, read_seq: 9, n_unread: 2, n_mentions: 1 };
    expect(rowAfterRead(row, moved)).toMatchObject({ read_seq: 9, n_unread: 2, n_mentions: 1 });
  });
});

describe('counts told by the server for a head', () => {
  const reader = { me_id: ME, following: [], blocked: [], hears_all: () => false, is_viewed: () => false };
  const row = makeChannel({ id: CHANNEL, name: 'general', head: 5, read_seq: 5 });
  const moved = { channel_id: CHANNEL, topic_id: null, head: 7, read_seq: 6, n_unread: 1, n_mentions: 0 };

  it('hold the messages up to it, which are not counted again', () => {
    const told = rowAfterMoved(row, moved, [], reader);
    const late = [say(6), say(7)].reduce((grown, message) => rowAfter(grown, posted(message), reader), told);
    expect(late).toMatchObject({ head: 7, n_unread: 1 });
    expect(rowAfter(late, posted(say(8)), reader).n_unread).toBe(2);
  });

  it('do not hold what came past it', () => {
    const events = [say(6), say(7), say(8)].map((message) => posted(message));
    const counted = events.reduce((grown, event) => rowAfter(grown, event, reader), row);
    expect(rowAfterMoved(counted, moved, events, reader)).toMatchObject({ head: 8, n_unread: 2 });
  });
});

describe('mentions', () => {
  const people = makePeople();
  const ines = people.find(({ name }) => name === 'Inês Duarte');
  const group = '01990000-0000-7000-8000-00000000aaaa';
  const find = (id: string) => (id === `&${group}` ? 'crew' : people.find((person) => person.id === id)?.name);
  const book = new Map([['Inês Duarte', ines?.id ?? ''], ['Inês', 'short'], ['channel', 'channel']]);

  it.each([
    ['@Inês Duarte, hello', `<@${ines?.id}>, hello`],
    ['@Inês hello', '<@short> hello'],
    ['write to a@channel.org', 'write to a@channel.org'],
    ['(@channel)', '(<@channel>)'],
    ['@Inêss', '@Inêss'],
    ['Tea is ready, @channel', 'Tea is ready, <@channel>'],
  ])('%s', (text, stored) => {
    expect(encodeMentions(text, book)).toBe(stored);
  });

  it('of groups keep the id of the group', () => {
    const decoded = decodeMentions(`<@&${group}> and <@${ines?.id}>`, find);
    expect(decoded.text).toBe('@crew and @Inês Duarte');
    expect(encodeMentions(decoded.text, decoded.book)).toBe(`<@&${group}> and <@${ines?.id}>`);
    expect(groupsIn(`<@&${group}> <@${ines?.id}> <@&${group}>`)).toEqual([group]);
  });

  it('come back as names, and strangers as they are', () => {
    const stranger = '<@01990000-0000-7000-8000-ffffffffffff>';
    const decoded = decodeMentions(`<@${ines?.id}> and ${stranger}`, find);
    expect(decoded.text).toBe(`@Inês Duarte and ${stranger}`);
    expect(encodeMentions(decoded.text, decoded.book)).toBe(`<@${ines?.id}> and ${stranger}`);
  });
});
