/**
 * Messages as this browser holds them: a window onto the log of one channel or topic, and how events and answers change it.
 * Everything here is plain data in, plain data out.
 *
 * Invariants of a window: messages ascend by `seq` and no two share an id; between its first and last message nothing is
 * missing; it is true for the channel's log up to `seq`, and an event at or below that changes nothing.
 */
import type { ChannelKind, ChannelRow, Id, Message, MessagePage, MessagesMoved, Node, Reaction, ReadMoved, Removed, Seq, ServerEvent, Topic } from '@/api/types';
export { decodeMentions, encodeMentions, groupsIn, mentionsEveryone, type MentionBook } from '@/realtime/mentions';

export type MessageWindow = {
  channel_id: Id;
  topic_id: Id | null;
  messages: readonly Message[];
  has_older: boolean;
  has_newer: boolean;
  seq: Seq;
  /** Another number when another part of the log took this one's place, rather than this one growing. */
  epoch: number;
};

export function windowOf(page: MessagePage, epoch = 0): MessageWindow {
  const { channel_id, topic_id, messages, has_older, has_newer, seq } = page;
  return { channel_id, topic_id, messages, has_older, has_newer, seq, epoch };
}

export function withOlder(window: MessageWindow, page: MessagePage): MessageWindow {
  const first = window.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const older = page.messages.filter((message) => message.seq < first);
  return { ...window, messages: [...older, ...window.messages], has_older: page.has_older };
}

export function withNewer(window: MessageWindow, page: MessagePage): MessageWindow {
  const last = window.messages.at(-1)?.seq ?? 0;
  const newer = page.messages.filter((message) => message.seq > last);
  return { ...window, messages: [...window.messages, ...newer], has_newer: page.has_newer };
}

/** Kept on this device are the newest messages of a window. One that shows an older part of the log is not worth it. */
export function slimWindow(data: unknown): MessageWindow | null {
  const window = data as MessageWindow; // the entries under this feature's own key
  if (window.has_newer) return null;
  const messages = window.messages.slice(-KEPT_MESSAGES);
  return { ...window, messages, has_older: window.has_older || messages.length < window.messages.length };
}

const KEPT_MESSAGES = 100;

/** A message of mine that the server has just taken; its event may still be on the way. */
export function withMessage(window: MessageWindow, message: Message): MessageWindow {
  if (message.topic_id !== window.topic_id || window.has_newer) return window;
  return { ...window, messages: insert(window.messages, message) };
}

export function afterEvent(window: MessageWindow, event: ServerEvent, me_id: Id): MessageWindow {
  if (event.scope !== window.channel_id || event.seq <= window.seq) return window;
  return { ...change(window, event, me_id), seq: event.seq };
}

function change(window: MessageWindow, event: ServerEvent, me_id: Id): MessageWindow {
  switch (event.kind) {
    case 'message.posted': {
      const { message, topic } = event.body;
      const posted = withMessage(window, message);
      return topic ? withTopic(posted, topic) : posted;
    }
    case 'message.edited': {
      return mapMessage(window, event.body.message.id, (old) => edited(old, event.body.message));
    }
    case 'message.deleted': {
      const { message_id, topic, removed } = event.body;
      const emptied = withDeleted(window, message_id, removed);
      return topic ? withTopic(emptied, topic) : emptied;
    }
    case 'file.changed': {
      const { message_id, file } = event.body;
      return mapMessage(window, message_id, (message) => ({ ...message, files: message.files.map((own) => (own.id === file.id ? file : own)) }));
    }
    case 'reaction.changed':
      return mapMessage(window, event.body.message_id, (message) => ({
        ...message,
        reactions: withReaction(message.reactions, event.body, me_id),
      }));
    case 'messages.gone':
      return withoutMessages(window, event.body.message_ids);
    case 'messages.moved':
      return event.body.topics.reduce(withTopic, withoutMoved(window, event.body));
    case 'pin.changed':
      return mapMessage(window, event.body.message_id, (message) => ({ ...message, pinned: event.body.pinned }));
    case 'topic.created':
    case 'topic.changed':
      return withTopic(window, event.body.topic);
    default:
      return window;
  }
}

function insert(messages: readonly Message[], message: Message): readonly Message[] {
  const known = messages.findIndex((own) => own.id === message.id);
  if (known >= 0) return messages.with(known, message);
  const idx = messages.findLastIndex((own) => own.seq < message.seq);
  return messages.toSpliced(idx + 1, 0, message);
}

function mapMessage(window: MessageWindow, id: Id, map: (message: Message) => Message): MessageWindow {
  const idx = window.messages.findIndex((message) => message.id === id);
  const message = window.messages[idx];
  return message ? { ...window, messages: window.messages.with(idx, map(message)) } : window;
}

function withDeleted(window: MessageWindow, id: Id, removed?: Removed): MessageWindow {
  const bare = {
    text: '',
    tree: null,
    edited_at: null,
    deleted: true,
    files: [],
    quote: null,
    reactions: [],
    forward: null,
    card: null,
    pinned: false,
    ...(removed && { removed }),
  };
  const messages = window.messages.map((message) => {
    if (message.id === id) return { ...message, ...bare };
    if (message.quote?.message_id === id) return { ...message, quote: { ...message.quote, text: '', deleted: true } };
    return message;
  });
  return { ...window, messages };
}

function withTopic(window: MessageWindow, topic: Topic): MessageWindow {
  return mapMessage(window, topic.origin_id, (message) => ({ ...message, topic }));
}

type ReactionChange = Omit<Reaction, 'mine'> & { person_id: Id; added: boolean };

/** `mine` is not in events, which all receivers share: it is who acted, or else as it was. */
export function withReaction(reactions: readonly Reaction[], change: ReactionChange, me_id: Id): Reaction[] {
  const { emoji, n, people, person_id, added } = change;
  const idx = reactions.findIndex((reaction) => reaction.emoji === emoji);
  const mine = person_id === me_id ? added : (reactions[idx]?.mine ?? false);
  const changed: Reaction = { emoji, n, people, mine };
  if (idx < 0) return n > 0 ? [...reactions, changed] : [...reactions];
  return n > 0 ? reactions.with(idx, changed) : reactions.toSpliced(idx, 1);
}

/** An event brings what the message says; what hangs on it stays as it was. */
function edited(old: Message, now: Message): Message {
  const { reactions, topic, pinned, saved } = old;
  return { ...now, reactions, topic, pinned, ...(saved && { saved }) };
}

/** What left this conversation. What came into it has to be asked for: the event brings no texts. */
function withoutMoved(window: MessageWindow, { message_ids, to_topic_id }: MessagesMoved): MessageWindow {
  return window.topic_id === to_topic_id ? window : withoutMessages(window, message_ids);
}

function withoutMessages(window: MessageWindow, ids: readonly Id[]): MessageWindow {
  if (!window.messages.some(({ id }) => ids.includes(id))) return window;
  return { ...window, messages: window.messages.filter(({ id }) => !ids.includes(id)) };
}

// --- rows of the timeline ---------------------------------------------------

/** Messages of one author closer than this stand under one name. */
const GROUP_US = 5 * 60 * 1_000_000;

export type TimelineRow = {
  message: Message;
  /** The first of a run by one author: shows face, name and time. */
  starts_group: boolean;
  /** The day begins here: the divider shows it. */
  starts_day: boolean;
  /** The "New" line stands above this row. */
  starts_new: boolean;
};

export function rowsOf(messages: readonly Message[], first_new_seq: Seq | null): TimelineRow[] {
  return messages.map((message, idx) => {
    const before = messages[idx - 1];
    const starts_day = !before || dayOf(before.at) !== dayOf(message.at);
    const starts_new = message.seq === first_new_seq;
    const continues = before?.author_id === message.author_id && message.at - before.at < GROUP_US && !message.quote;
    return { message, starts_day, starts_new, starts_group: starts_day || starts_new || !continues || before.deleted };
  });
}

/** The local calendar day as a number; equal for equal days. */
function dayOf(at: number): number {
  const date = new Date(at / 1000);
  return (date.getFullYear() * 12 + date.getMonth()) * 31 + date.getDate();
}

/** The first message by somebody else past the read pointer, if the window holds it. */
export function firstUnread(messages: readonly Message[], read_seq: Seq, me_id: Id): Seq | null {
  return messages.find((message) => isUnread(message, read_seq, me_id))?.seq ?? null;
}

export function isUnread(message: Message, read_seq: Seq, me_id: Id): boolean {
  return message.seq > read_seq && message.author_id !== me_id && !message.deleted;
}

// --- counts in the sidebar ----------------------------------------------------

const STREAM = 'stream';

export type Reader = {
  me_id: Id;
  following: readonly Id[];
  blocked: readonly Id[];
  /** Whether each message of a topic counts, followed or not. */
  hears_all: (row: ChannelRow, topic_id: Id) => boolean;
  is_viewed: (channel_id: Id, topic_id: Id | null) => boolean;
};
/** For the stream and each topic the head for which `read.moved` told its counts: what is at or below it is in them. */
type CountedRow = ChannelRow & { counted_to?: Readonly<Record<string, Seq>> };

/** A channel's row after an event of its channel. Absolute counts come with `read.moved`; this only counts up in between. */
export function rowAfter(row: ChannelRow, event: ServerEvent, reader: Reader): ChannelRow {
  if (event.seq <= row.head) return row;
  const next = { ...row, head: event.seq, slow_until: slowUntil(row, event, reader.me_id) };
  return event.kind === 'message.posted' ? counted({ ...next, last_at: event.body.message.at }, event.body, reader) : next;
}

/** When I may write again where people wait between their messages. */
function slowUntil(row: ChannelRow, event: ServerEvent, me_id: Id): number | null {
  if (row.slow_s === 0 || row.can_manage) return null;
  const isMine = event.kind === 'message.posted' && event.body.message.author_id === me_id;
  return isMine ? event.at + row.slow_s * 1_000_000 : row.slow_until;
}

/** What somebody whom I block says; an announcement is for everybody. */
export function isFolded({ author_id }: Pick<Message, 'author_id'>, kind: ChannelKind, blocked: readonly Id[]): boolean {
  return kind !== 'announcement' && blocked.includes(author_id);
}

type Posted = { message: Message; topic: Topic | null; everyone: boolean; called?: readonly Id[] };

function counted(row: CountedRow, { message, topic, everyone, called }: Posted, { me_id, following, blocked, hears_all, is_viewed }: Reader): ChannelRow {
  if (isFolded(message, row.kind, blocked)) return row;
  if (message.author_id === me_id || is_viewed(row.id, message.topic_id)) return row;
  if (message.seq <= (row.counted_to?.[message.topic_id ?? STREAM] ?? 0)) return row;
  const n_mentions = everyone || called?.includes(me_id) || message.text.includes(`<@${me_id}>`) ? 1 : 0;
  if (!topic) return { ...row, n_unread: row.n_unread + 1, n_mentions: row.n_mentions + n_mentions };
  const idx = row.topics.findIndex(({ topic_id }) => topic_id === topic.id);
  const known = row.topics[idx];
  if (known) {
    const changed = { ...known, n_unread: known.n_unread + 1, n_mentions: known.n_mentions + n_mentions };
    return { ...row, topics: row.topics.with(idx, changed) };
  }
  // Who is named in a topic follows it from then on.
  if (n_mentions === 0 && !following.includes(topic.id) && !hears_all(row, topic.id)) return row;
  const added = { topic_id: topic.id, title: topic.title, read_seq: message.seq - 1, n_unread: 1, n_mentions };
  return { ...row, topics: [...row.topics, added] };
}

/** Where the pointer stands and what is unread past it; true for the channel's log up to `head`, where that is known. */
type Read = { topic_id: Id | null; read_seq: Seq; n_unread: number; n_mentions: number; head?: Seq };

export function rowAfterRead(row: CountedRow, { topic_id, head, ...read }: Read): CountedRow {
  const next = head === undefined ? row : { ...row, counted_to: { ...row.counted_to, [topic_id ?? STREAM]: head } };
  if (!topic_id) return { ...next, ...pick(read) };
  const topics = row.topics.map((topic) => (topic.topic_id === topic_id ? { ...topic, ...pick(read) } : topic));
  return { ...next, topics: topics.filter((topic) => topic.n_unread > 0) };
}

/** What came past the `head` of a `read.moved` and was counted before it arrived counts on top of it. */
export function rowAfterMoved(row: ChannelRow, moved: ReadMoved, later: readonly ServerEvent[], reader: Reader): ChannelRow {
  const isOfPlace = (event: ServerEvent) => event.kind === 'message.posted' && event.body.message.topic_id === moved.topic_id;
  const missed = later.filter((event) => event.seq > moved.head && event.seq <= row.head && isOfPlace(event));
  return missed.reduce<ChannelRow>(
    (grown, event) => (event.kind === 'message.posted' ? counted(grown, event.body, reader) : grown),
    rowAfterRead(row, moved),
  );
}

function pick({ read_seq, n_unread, n_mentions }: Omit<Read, 'topic_id' | 'head'>) {
  return { read_seq, n_unread, n_mentions };
}

/** Who wrote last, the most recent first, each once. */
export function recentAuthors(messages: readonly Message[], max: number): Id[] {
  const authors: Id[] = [];
  for (let idx = messages.length - 1; idx >= 0 && authors.length < max; idx -= 1) {
    const author = messages[idx]?.author_id;
    if (author && !authors.includes(author)) authors.push(author);
  }
  return authors;
}

/** The addresses outside to which a text leads, each once; what is hidden in it does not count. */
export function hrefsOf(nodes: readonly Node[]): string[] {
  const found = new Set<string>();
  const look = (node: Node) => {
    if (typeof node === 'string' || node.t === 'spoiler') return;
    if (node.t === 'a' && /^https?:/i.test(node.href)) found.add(node.href);
    else if ('c' in node) node.c?.forEach(look);
  };
  nodes.forEach(look);
  return [...found];
}
