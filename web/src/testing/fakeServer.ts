/**
 * The API contract in memory, for unit tests and for looking at screens without a server. It keeps a log per scope with
 * gap-free numbers and tells every change to the connected sockets; it does not know permissions or limits.
 */
import type {
  ChannelRow,
  Draft,
  Id,
  Me,
  Message,
  MessagePage,
  Person,
  Reaction,
  ServerEvent,
  ServerFrame,
  Start,
  Topic,
  Workspace,
  Space,
} from '@/api/types';

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
export type FakeWorld = {
  me: Me;
  workspace: Workspace;
  spaces: Space[];
  people: Person[];
  channels: ChannelRow[];
  messages: Message[];
  topics: Topic[];
};
type Call = { method: string; path: string[]; query: URLSearchParams; body: Record<string, unknown> };
type Listener = (frame: ServerFrame) => void;

const ok = (body?: unknown, status = body === undefined ? 204 : 200): Answer => ({ status, body });
const problem = (status: number, slug: string, more: object = {}): Answer => ({
  status,
  body: { type: `/problems/${slug}`, title: slug, status, detail: `The server says: ${slug}.`, ...more },
});

export class FakeServer {
  readonly world: FakeWorld;
  /** Answers instead of the world, once each; `null` is a lost connection. */
  readonly faults: (Answer | null)[] = [];
  /** How many messages the snapshot brings along. */
  n_first = 50;
  readonly #log: ServerEvent[] = [];
  readonly #seqs = new Map<Id, number>();
  readonly #listeners = new Set<Listener>();
  readonly #drafts: Draft[] = [];
  readonly #following = new Set<Id>();
  readonly #topicRead = new Map<Id, number>();

  constructor(world: FakeWorld) {
    this.world = world;
    for (const scope of [world.workspace.id, world.me.id, ...world.spaces.map(({ id }) => id)]) this.#seqs.set(scope, 1);
    for (const channel of world.channels) this.#seqs.set(channel.id, channel.head);
    for (const topic of world.topics) {
      this.#following.add(topic.id);
      this.#topicRead.set(topic.id, topic.last_seq);
    }
  }

  connect(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What `hello` is answered with. */
  resume(cursors: Record<Id, number>): ServerFrame[] {
    const missed = this.#log.filter((event) => event.seq > (cursors[event.scope] ?? Number.POSITIVE_INFINITY));
    return [...missed, { type: 'ready', heads: Object.fromEntries(this.#seqs) }];
  }

  async handle(method: string, address: string, body: unknown): Promise<Answer | null> {
    if (this.faults.length > 0) return this.faults.shift() ?? null;
    const url = new URL(address, 'http://fake');
    const path = url.pathname.split('/').slice(2).map(decodeURIComponent);
    const call: Call = { method, path, query: url.searchParams, body: (body ?? {}) as Record<string, unknown> };
    const [root] = path;
    if (root === 'start') return ok(this.#start(call));
    if (root === 'people') return this.#people(call);
    if (root === 'messages') return this.#place(path[1] ?? '');
    if (root === 'drafts') return this.#draft(call);
    if (root === 'channels') return this.#channel(call);
    if (root === 'me') return ok(this.world.me);
    if (root === 'spaces') return ok({ items: this.world.spaces });
    return problem(404, 'not-found');
  }

  /** Somebody else writes. */
  say(channel_id: Id, author_id: Id, text: string, topic_id: Id | null = null): Message {
    return this.#post(channel_id, author_id, { id: crypto.randomUUID(), text, topic_id });
  }

  emit(scope: Id, kind: ServerEvent['kind'], actor: Id, body: unknown): number {
    const seq = (this.#seqs.get(scope) ?? 0) + 1;
    this.#seqs.set(scope, seq);
    const row = this.world.channels.find(({ id }) => id === scope);
    if (row) row.head = seq;
    const event = { type: 'event', scope, seq, kind, at: Date.now() * 1000, actor, body } as ServerEvent;
    this.#log.push(structuredClone(event));
    for (const listener of this.#listeners) listener(structuredClone(event));
    return seq;
  }

  #start({ query }: Call): Start {
    const { me, workspace, spaces, people, channels } = this.world;
    const channel_id = query.get('channel');
    const known = channels.some(({ id }) => id === channel_id);
    return structuredClone({
      me,
      workspace,
      spaces,
      channels,
      following: [...this.#following],
      levels: {},
      blocked: [],
      may_upload: true,
      members_make_guest_links: false,
      drafts: this.#drafts,
      people,
      cursors: Object.fromEntries(this.#seqs),
      page: channel_id && known ? this.#page(channel_id, null, new URLSearchParams({ limit: String(this.n_first) })) : null,
    });
  }

  #people({ path, query }: Call): Answer {
    const { people } = this.world;
    const ids = query.get('ids')?.split(',');
    if (path[1]) return ok(people.find(({ id }) => id === path[1]));
    const wanted = query.get('query')?.toLowerCase() ?? '';
    return ok({ items: people.filter(({ id, name }) => ids?.includes(id) ?? name.toLowerCase().includes(wanted)), next: null });
  }

  #place(id: Id): Answer {
    const message = this.world.messages.find((own) => own.id === id);
    if (!message) return problem(404, 'not-found');
    return ok({ channel_id: message.channel_id, topic_id: message.topic_id, seq: message.seq });
  }

  #draft({ body }: Call): Answer {
    const { channel_id, topic_id, text, revision } = body as unknown as Draft;
    const idx = this.#drafts.findIndex((own) => own.channel_id === channel_id && own.topic_id === topic_id);
    const old = this.#drafts[idx];
    if (old && old.revision > revision) return problem(409, 'conflict', { draft: old });
    const draft: Draft = { channel_id, topic_id, text, revision: revision + 1, at: Date.now() * 1000 };
    if (idx >= 0) this.#drafts.splice(idx, 1);
    if (text) this.#drafts.push(draft);
    return ok(draft);
  }

  #channel(call: Call): Answer {
    const { method, path, query, body } = call;
    const [, id = '', part, sub, deep, emoji] = path;
    const row = this.world.channels.find((own) => own.id === id);
    if (!row) return problem(404, 'not-found');
    if (!part) return ok(row);
    if (part === 'join') return ok(Object.assign(row, { is_member: true, can_post: true, n_members: row.n_members + 1 }));
    if (part === 'members') return ok({ items: this.world.people.map((person) => ({ person, role: 'member' })), next: null });
    if (part === 'read' || part === 'unread') return this.#read(row, part, Number(body['seq']), (body['topic_id'] as Id) ?? null);
    if (part === 'topics') return this.#topics(call, row);
    if (part !== 'messages') return ok();
    if (!sub && method === 'GET') return ok(this.#page(id, query.get('topic'), query));
    if (!sub) return this.#posted(id, body);
    const message = this.world.messages.find((own) => own.id === sub);
    if (!message) return problem(404, 'not-found');
    if (deep === 'reactions' && emoji) return this.#react(message, emoji, method === 'PUT');
    if (deep === 'history') {
      return ok({ items: [{ at: message.at, text: 'As it was first written.', tree: null }, { ...message, at: message.edited_at }] });
    }
    return this.#change(message, method, String(body['text'] ?? ''));
  }

  #posted(channel_id: Id, body: Record<string, unknown>): Answer {
    const known = this.world.messages.find(({ id }) => id === body['id']);
    if (known) return ok(known);
    return ok(this.#post(channel_id, this.world.me.id, body), 201);
  }

  #post(channel_id: Id, author_id: Id, body: Record<string, unknown>): Message {
    const topic = this.world.topics.find(({ id }) => id === body['topic_id']) ?? null;
    const quoted = this.world.messages.find(({ id }) => id === body['quote_id']);
    const message: Message = {
      id: String(body['id']),
      channel_id,
      seq: (this.#seqs.get(channel_id) ?? 0) + 1,
      topic_id: topic?.id ?? null,
      author_id,
      at: Date.now() * 1000,
      text: String(body['text']),
      tree: null,
      edited_at: null,
      deleted: false,
      files: [],
      quote: quoted ? { message_id: quoted.id, author_id: quoted.author_id, text: quoted.text, deleted: false } : null,
      reactions: [],
      topic: null,
      forward: null,
    card: null,
      pinned: false,
    };
    message.tree = treeOf(message.text);
    this.world.messages.push(message);
    if (topic) {
      topic.n_messages += 1;
      topic.last_seq = message.seq;
      topic.last_at = message.at;
      topic.people = [...topic.people.filter((id) => id !== author_id), author_id].slice(-5);
    }
    this.emit(channel_id, 'message.posted', author_id, { message, topic, everyone: message.text.includes('<@channel>') });
    return message;
  }

  #change(message: Message, method: string, text: string): Answer {
    if (method === 'DELETE') {
      Object.assign(message, { deleted: true, text: '', tree: null, reactions: [] });
      this.emit(message.channel_id, 'message.deleted', this.world.me.id, { message_id: message.id, seq: message.seq, topic_id: message.topic_id });
      return ok();
    }
    Object.assign(message, { text, tree: treeOf(text), edited_at: Date.now() * 1000 });
    this.emit(message.channel_id, 'message.edited', this.world.me.id, { message });
    return ok(message);
  }

  #react(message: Message, emoji: string, added: boolean): Answer {
    const me = this.world.me.id;
    const old = message.reactions.find((reaction) => reaction.emoji === emoji);
    const people = [...(old?.people ?? []).filter((id) => id !== me), ...(added ? [me] : [])];
    const changed: Reaction = { emoji, n: people.length, people, mine: added };
    message.reactions = [...message.reactions.filter((own) => own !== old), ...(people.length > 0 ? [changed] : [])];
    this.emit(message.channel_id, 'reaction.changed', me, {
      message_id: message.id,
      seq: message.seq,
      emoji,
      n: people.length,
      people,
      person_id: me,
      added,
    });
    return ok();
  }

  #read(row: ChannelRow, verb: 'read' | 'unread', seq: number, topic_id: Id | null): Answer {
    const before = topic_id ? (this.#topicRead.get(topic_id) ?? 0) : row.read_seq;
    const read_seq = verb === 'read' ? Math.max(before, seq) : seq - 1;
    const unread = this.world.messages.filter(
      (own) => own.channel_id === row.id && own.topic_id === topic_id && own.seq > read_seq && own.author_id !== this.world.me.id,
    );
    if (topic_id) this.#topicRead.set(topic_id, read_seq);
    else Object.assign(row, { read_seq, n_unread: unread.length, n_mentions: 0 });
    const state = { read_seq, n_unread: unread.length, n_mentions: 0 };
    this.emit(this.world.me.id, 'read.moved', this.world.me.id, { channel_id: row.id, topic_id, head: row.head, ...state });
    return ok(state);
  }

  #topics({ method, path, query, body }: Call, row: ChannelRow): Answer {
    const [, , , topic_id, act] = path;
    const { topics, messages, people, me } = this.world;
    if (!topic_id && method === 'POST') return this.#startTopic(row, body);
    if (!topic_id) {
      const state = query.get('state');
      const items = topics.filter((own) => own.channel_id === row.id && (!state || own.state === state));
      return ok({ items: items.toSorted((a, b) => b.last_seq - a.last_seq), next: null, people });
    }
    const topic = topics.find(({ id }) => id === topic_id);
    const origin = messages.find(({ id }) => id === topic?.origin_id);
    if (!topic || !origin) return problem(404, 'not-found');
    if (act === 'follow') {
      if (method === 'PUT') this.#following.add(topic_id);
      else this.#following.delete(topic_id);
      this.emit(me.id, 'follow.changed', me.id, { channel_id: row.id, topic_id, following: method === 'PUT' });
      return ok();
    }
    if (method === 'PATCH') {
      Object.assign(topic, body);
      this.emit(row.id, 'topic.changed', me.id, { topic });
      return ok(topic);
    }
    return ok({ topic, origin, following: this.#following.has(topic_id), read_seq: this.#topicRead.get(topic_id) ?? 0, people });
  }

  #startTopic(row: ChannelRow, body: Record<string, unknown>): Answer {
    const given = body['message'] as Record<string, unknown> | undefined;
    const origin = given
      ? this.#post(row.id, this.world.me.id, given)
      : this.world.messages.find(({ id }) => id === body['origin_id']);
    if (!origin) return problem(404, 'not-found');
    const topic: Topic = {
      id: String(body['id']),
      channel_id: row.id,
      title: String(body['title']),
      state: 'open',
      decision: null,
      origin_id: origin.id,
      origin_seq: origin.seq,
      created_by: this.world.me.id,
      created_at: Date.now() * 1000,
      n_messages: 0,
      last_seq: origin.seq,
      last_at: Date.now() * 1000,
      people: [],
    };
    origin.topic = topic;
    this.world.topics.push(topic);
    this.#following.add(topic.id);
    this.emit(row.id, 'topic.created', this.world.me.id, { topic });
    return ok(topic, 201);
  }

  #page(channel_id: Id, topic_id: Id | null, query: URLSearchParams): MessagePage {
    const all = this.world.messages.filter((own) => own.channel_id === channel_id && own.topic_id === topic_id);
    const limit = Number(query.get('limit') ?? 50);
    const [from, to] = rangeOf(all, query, limit);
    return {
      channel_id,
      topic_id,
      messages: structuredClone(all.slice(from, to)),
      has_older: from > 0,
      has_newer: to < all.length,
      seq: this.#seqs.get(channel_id) ?? 1,
      people: this.world.people,
    };
  }
}

function rangeOf(all: Message[], query: URLSearchParams, limit: number): [number, number] {
  const number = (name: string) => (query.has(name) ? Number(query.get(name)) : null);
  const [before, after, around] = [number('before'), number('after'), number('around')];
  const indexOf = (seq: number) => {
    const idx = all.findIndex((own) => own.seq >= seq);
    return idx < 0 ? all.length : idx;
  };
  if (before !== null) return [Math.max(0, indexOf(before) - limit), indexOf(before)];
  if (after !== null) return [indexOf(after + 1), Math.min(all.length, indexOf(after + 1) + limit)];
  if (around !== null) return [Math.max(0, indexOf(around) - limit / 2), Math.min(all.length, indexOf(around) + limit / 2)];
  return [Math.max(0, all.length - limit), all.length];
}

/** Enough of Markdown to see it: bold words and mentions. */
function treeOf(text: string): Message['tree'] {
  if (!/[*<`]/.test(text)) return null;
  const parts = text.split(/(\*\*[^*]+\*\*|`[^`]+`|<@[^>]+>)/).filter(Boolean);
  const nodes = parts.map((part) => {
    if (part.startsWith('**')) return { t: 'b' as const, c: [part.slice(2, -2)] };
    if (part.startsWith('`')) return { t: 'code' as const, text: part.slice(1, -1) };
    if (part === '<@channel>') return { t: 'everyone' as const };
    return part.startsWith('<@') ? { t: 'person' as const, id: part.slice(2, -1) } : part;
  });
  return [{ t: 'p', c: nodes }];
}
