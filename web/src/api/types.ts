/**
 * The words of the wire: every object that crosses it, named as the server names it.
 * JSON is snake_case, ids are UUID strings, times are microseconds UTC.
 */

export type Id = string;
/** Microseconds since 1970, UTC. */
export type Micros = number;
/** Position in the log of one scope; starts at 1 and has no gaps. */
export type Seq = number;

export type Role = 'owner' | 'admin' | 'member' | 'guest';
export type SpaceKind = 'team' | 'class' | 'project';
export type SpaceRole = 'admin' | 'member' | 'guest';
export type ChannelKind = 'public' | 'private' | 'announcement' | 'direct';
export type ChannelRole = 'admin' | 'poster' | 'member';
export type TopicState = 'open' | 'resolved' | 'decided';

// --- people ---------------------------------------------------------------

export type Person = {
  id: Id;
  name: string;
  pronunciation: string | null;
  /** A path on this origin, `/api/pictures/<hash>`. */
  picture: string | null;
  time_zone: string;
  language: string;
  role: Role;
  deactivated: boolean;
};

export type Me = Person & { email: string; onboarded: boolean };
export type Workspace = { id: Id; name: string };
export type PersonPage = { items: Person[]; next: string | null };

export type Setup = { workspace: Workspace | null; needs_setup: boolean };
export type SetupRequest = {
  token: string;
  workspace_name: string;
  name: string;
  email: string;
  password: string;
  time_zone: string;
  language: string;
};
export type SignInRequest = { email: string; password: string };
export type Session = { id: Id; created_at: Micros; seen_at: Micros; device: string; current: boolean };
export type TokenMade = { id: Id; token: string };

export type Invitation = {
  id: Id;
  /** Only in the answer that made it. */
  url: string | null;
  role: 'admin' | 'member' | 'guest';
  space_id: Id | null;
  channel_ids: Id[];
  max_uses: number;
  n_uses: number;
  expires_at: Micros;
  created_by: Id;
  created_at: Micros;
  revoked: boolean;
};
export type InvitationRequest = {
  role: 'admin' | 'member' | 'guest';
  space_id: Id | null;
  channel_ids: Id[];
  max_uses: number;
  expires_in_s: number;
};
export type InvitationOffer = {
  workspace_name: string;
  space_name: string | null;
  inviter_name: string;
  role: 'admin' | 'member' | 'guest';
};
export type AcceptRequest = {
  name: string;
  email: string;
  password: string;
  time_zone: string;
  language: string;
};
export type ResetLink = { url: string; expires_at: Micros };

// --- places ---------------------------------------------------------------

export type Space = {
  id: Id;
  name: string;
  kind: SpaceKind;
  description: string;
  open: boolean;
  archived: boolean;
  n_members: number;
  my_role: SpaceRole | null;
};

export type Channel = {
  id: Id;
  space_id: Id | null;
  kind: ChannelKind;
  name: string;
  description: string;
  archived: boolean;
  created_by: Id;
  n_members: number;
  /** All members of a direct conversation; empty for every other kind. */
  people: Id[];
};

/** A followed topic that has something unread. */
export type TopicUnread = {
  topic_id: Id;
  title: string;
  read_seq: Seq;
  n_unread: number;
  n_mentions: number;
};

export type ChannelRow = Channel & {
  can_post: boolean;
  can_manage: boolean;
  is_member: boolean;
  head: Seq;
  read_seq: Seq;
  n_unread: number;
  n_mentions: number;
  topics: TopicUnread[];
  favourite: boolean;
  muted: boolean;
  position: number | null;
};

export type SpaceMember = { person: Person; role: SpaceRole };
export type SpaceMemberPage = { items: SpaceMember[]; next: string | null };
export type ChannelMember = { person: Person; role: ChannelRole };
export type ChannelMemberPage = { items: ChannelMember[]; next: string | null };

export type Draft = { channel_id: Id; topic_id: Id | null; text: string; revision: number; at: Micros };

/** Everything the app needs to draw itself, as of `cursors`. */
export type Start = {
  me: Me;
  workspace: Workspace;
  spaces: Space[];
  channels: ChannelRow[];
  drafts: Draft[];
  people: Person[];
  cursors: Record<Id, Seq>;
  page: MessagePage | null;
};

// --- messages -------------------------------------------------------------

export type Align = 'left' | 'center' | 'right';

/** Message text as a tree. A bare string is text; there is no HTML anywhere. */
export type Node =
  | string
  | { t: 'p' | 'quote' | 'ul' | 'row' | 'table' | 'li' | 'b' | 'i' | 's'; c?: Node[] }
  | { t: 'ol'; start?: number; c?: Node[] }
  | { t: 'task'; done: boolean; c?: Node[] }
  | { t: 'h'; level: number; c?: Node[] }
  | { t: 'pre'; lang?: string; text: string }
  | { t: 'code'; text: string }
  | { t: 'cell'; head?: boolean; align?: Align; c?: Node[] }
  | { t: 'a'; href: string; c?: Node[] }
  | { t: 'person'; id: Id }
  | { t: 'hr' | 'br' | 'everyone' };

export type Quote = { message_id: Id; author_id: Id; text: string; deleted: boolean };

export type Reaction = {
  emoji: string;
  n: number;
  /** Everybody when `n` is at most 12, else empty. */
  people: Id[];
  /** In pages only; events are shared by all receivers. */
  mine?: boolean;
};

export type Message = {
  id: Id;
  channel_id: Id;
  seq: Seq;
  topic_id: Id | null;
  author_id: Id;
  at: Micros;
  text: string;
  /** `null`: plain text without markup, to be shown as it is. */
  tree: Node[] | null;
  edited_at: Micros | null;
  deleted: boolean;
  quote: Quote | null;
  reactions: Reaction[];
  /** The topic that began here. */
  topic: Topic | null;
};

export type Topic = {
  id: Id;
  channel_id: Id;
  title: string;
  state: TopicState;
  decision: string | null;
  origin_id: Id;
  origin_seq: Seq;
  created_by: Id;
  created_at: Micros;
  n_messages: number;
  last_seq: Seq;
  last_at: Micros;
  /** At most 5, the most recent last. */
  people: Id[];
};

export type MessagePage = {
  channel_id: Id;
  topic_id: Id | null;
  /** Ascending by `seq`. */
  messages: Message[];
  has_older: boolean;
  has_newer: boolean;
  /** The head of the channel's log for which this page is true. */
  seq: Seq;
  people: Person[];
};

export type PostRequest = { id: Id; text: string; topic_id?: Id; quote_id?: Id; everyone_ok?: boolean };
export type TopicRequest = {
  id: Id;
  title: string;
  origin_id?: Id;
  message?: { id: Id; text: string; everyone_ok?: boolean };
};
export type TopicPatch = { title?: string; state?: TopicState; decision?: string };
export type TopicPage = { items: Topic[]; next: Seq | null; people: Person[] };
export type TopicView = { topic: Topic; origin: Message; following: boolean; read_seq: Seq; people: Person[] };
export type MessageVersion = { at: Micros; text: string; tree: Node[] | null };
export type MessagePlace = { channel_id: Id; topic_id: Id | null; seq: Seq };
export type ReadState = { read_seq: Seq; n_unread: number; n_mentions: number };
export type DraftRequest = { channel_id: Id; topic_id: Id | null; text: string; revision: number };

// --- problems -------------------------------------------------------------

/** RFC 9457. Switch on `type`, never on text. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  errors?: { pointer: string; detail: string }[];
  /** With /problems/confirm-everyone. */
  n_people?: number;
  /** With /problems/conflict of a draft: the newer one. */
  draft?: Draft;
};

// --- socket ---------------------------------------------------------------

export type EventBodies = {
  'message.posted': { message: Message; topic: Topic | null; everyone: boolean };
  'message.edited': { message: Message };
  'message.deleted': { message_id: Id; seq: Seq; topic_id: Id | null };
  'reaction.changed': {
    message_id: Id;
    seq: Seq;
    emoji: string;
    n: number;
    people: Id[];
    person_id: Id;
    added: boolean;
  };
  'topic.created': { topic: Topic };
  'topic.changed': { topic: Topic };
  'channel.changed': { channel: Channel };
  'channel.member_joined': { person_id: Id; role: ChannelRole; n_members: number };
  'channel.member_left': { person_id: Id; n_members: number };
  'space.changed': { space: Space };
  'channel.created': { channel: Channel };
  'space.member_joined': { person_id: Id; role: SpaceRole; n_members: number };
  'space.member_left': { person_id: Id; n_members: number };
  'read.moved': { channel_id: Id; topic_id: Id | null } & ReadState;
  'draft.changed': { draft: Draft };
  'preference.changed': { channel_id: Id; favourite: boolean; muted: boolean; position: number | null };
  'follow.changed': { channel_id: Id; topic_id: Id; following: boolean };
  'channel.added': { channel_id: Id };
  'channel.removed': { channel_id: Id };
  'space.added': { space_id: Id };
  'space.removed': { space_id: Id };
  'me.changed': { me: Me };
  'person.joined': { person: Person };
  'person.changed': { person: Person };
  'workspace.changed': { workspace: Workspace };
  'space.created': { space: Space };
};

export type EventKind = keyof EventBodies;
export type EventOf<K extends EventKind> = {
  type: 'event';
  scope: Id;
  seq: Seq;
  kind: K;
  at: Micros;
  actor: Id | null;
  body: EventBodies[K];
};
export type ServerEvent = { [K in EventKind]: EventOf<K> }[EventKind];

export type ServerFrame =
  | ServerEvent
  | { type: 'ready'; heads: Record<Id, Seq> }
  | { type: 'reset'; scope: Id; seq: Seq }
  | { type: 'gone'; scope: Id }
  | { type: 'added'; scope: Id; seq: Seq }
  | { type: 'pong' };

export type ClientFrame =
  | { type: 'hello'; cursors: Record<Id, Seq> }
  | { type: 'watch'; scope: Id; seq: Seq }
  | { type: 'unwatch'; scope: Id }
  | { type: 'ping' };
