// Generated from the Rust types by `cargo xtask types`. Do not edit.

export type Accept = { 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * Where mail reaches them; the name to sign in with.
 */
email: string, 
/**
 * 10 to 200 characters.
 */
password: string, 
/**
 * IANA zone.
 */
time_zone: string, 
/**
 * BCP 47 tag.
 */
language: string, };

export type AddGroupMembers = { 
/**
 * Up to 500 people; those who are in it already stay.
 */
people: Array<PersonId>, };

export type Advice = { 
/**
 * The best form of those that there are on this server.
 */
mode: AdviceMode, 
/**
 * Why.
 */
reasons: Array<AdviceReason>, 
/**
 * How many it concerns, whoever asks among them.
 */
n_people: number, 
/**
 * How long all of them are at work at once, on the next day on which whoever asks works, in minutes.
 */
shared_minutes: number, 
/**
 * What it will take in writing and live; null for a channel of many.
 */
estimate: TalkEstimate | null, };

export type AdviceMode = "one_to_one" | "call" | "meeting" | "chat" | "topic" | "clip" | "document" | "poll" | "urgent";

export type AdviceNature = "simple" | "tangled" | "thoughtful" | "sensitive";

export type AdvicePurpose = "problem" | "explore" | "decide" | "feedback" | "inform" | "show" | "bond";

export type AdviceReason = "sensitive" | "cannot_wait" | "tangled" | "builds" | "needs_thought" | "everyone_in_their_time" | "few_can_meet" | "seen_is_better_than_read" | "comparable" | "small" | "both_are_fine";

export type AdviceUrgency = "low" | "medium" | "high";

export type AgreeToRota = { 
/**
 * Yes, or not any more.
 */
agreed: boolean, };

export type AnswerInvitation = { 
/**
 * What.
 */
answer: MeetingAnswer, };

export type AnswerKnock = { 
/**
 * What.
 */
answer: KnockAnswer, 
/**
 * With `at`: when, within the next seven days.
 */
until?: Timestamp, };

export type AnswerMeeting = { 
/**
 * What.
 */
answer: MeetingAnswer, 
/**
 * Of a series: to the meetings after it, too.
 */
following?: boolean, };

export type AnswerTimePoll = { 
/**
 * To each time, in its order.
 */
choices: Array<TimeChoice>, };

export type AnswerTimePollOutside = { 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * A mail address for the invitation; may be empty.
 */
address?: string, 
/**
 * In which language they are written to.
 */
language: string, 
/**
 * To each time, in its order.
 */
choices: Array<TimeChoice>, };

export type AnsweredHow = "live" | "written" | "later";

export type ApiToken = { id: SessionId, name: string, scopes: Array<TokenScope>, created_at: Timestamp, 
/**
 * When it was last used, to within five minutes.
 */
seen_at: Timestamp, expires_at: Timestamp | null, };

export type Ask = { 
/**
 * Its message, which is its id, too.
 */
message_id: MessageId, 
/**
 * Where it stands.
 */
channel_id: ChannelId, 
/**
 * Who asks.
 */
asker_id: PersonId, 
/**
 * What is wanted.
 */
kind: AskKind, 
/**
 * Of how many.
 */
needs: AskNeeds, 
/**
 * It is asked of all who were in the channel when it was asked; only those who moved have a share here, and of those only
 * mine.
 */
everyone: boolean, 
/**
 * How it stands.
 */
state: AskState, 
/**
 * When it was asked.
 */
created_at: Timestamp, 
/**
 * When it was over.
 */
closed_at: Timestamp | null, 
/**
 * By when: for whoever asked of the whole, for a holder of their share. Nobody else is told.
 */
due: Timestamp | null, 
/**
 * Whether it is the turn of whoever reads this.
 */
on_me: boolean, 
/**
 * How many have answered.
 */
n_answered: number, 
/**
 * When those who have not answered were reminded.
 */
reminded_at: Timestamp | null, 
/**
 * The shares.
 */
seats: Array<AskSeat>, };

export type AskCause = "opened" | "moved" | "wished" | "left" | "deleted";

export type AskChanged = { 
/**
 * As it is now.
 */
ask: Ask, };

export type AskCounts = { 
/**
 * My turn.
 */
n_on_me: number, 
/**
 * Of those, past their time.
 */
n_overdue: number, 
/**
 * When the next of those is due that are not past their time.
 */
next_due: Timestamp | null, 
/**
 * I asked, and it is open.
 */
n_i_wait_for: number, };

export type AskForecast = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * By when; null where their hours hold no such time.
 */
due: Timestamp | null, 
/**
 * Where they are, as an IANA zone.
 */
time_zone: string, 
/**
 * While they are away.
 */
away: Away | null, };

export type AskItem = { 
/**
 * The ask.
 */
ask: Ask, 
/**
 * In which topic; null in the stream.
 */
topic_id: TopicId | null, 
/**
 * Its title.
 */
topic_title: string | null, 
/**
 * The beginning of the message, up to 200 characters, without markup; mentions as they are typed.
 */
text: string, 
/**
 * By what it stands in the list: when it is due, or when it came back to me. Null: there is no time for it.
 */
at: Timestamp | null, };

export type AskKind = "question" | "feedback" | "action" | "read";

export type AskMessage = { 
/**
 * The message. It carries nothing on from elsewhere.
 */
message: NewMessage, 
/**
 * What it wants.
 */
ask: NewAsk, 
/**
 * The topic that it begins.
 */
topic?: AskTopic, };

export type AskMissing = { 
/**
 * How many were asked and are still there.
 */
n_asked: number, 
/**
 * How many of them have not answered.
 */
n_missing: number, 
/**
 * Some of them, at most 100, in the order of their ids.
 */
people: Array<Person>, 
/**
 * The person after whom the next page begins; null: that is all.
 */
next: PersonId | null, };

export type AskMove = { 
/**
 * Which.
 */
move: AskMoveKind, 
/**
 * Of a promise.
 */
until?: Timestamp, 
/**
 * To whom it is passed, or whose wish it is about.
 */
person_id?: PersonId, 
/**
 * Why one declines, in up to 280 characters.
 */
reason?: string, };

export type AskMoveKind = "answer" | "ask_back" | "promise" | "pass" | "decline" | "resume" | "grant" | "refuse" | "withdraw" | "undo";

export type AskMoved = { 
/**
 * As it is now for the person whose log this is.
 */
ask: Ask, 
/**
 * Why they are told.
 */
cause: AskCause, 
/**
 * Which move it was.
 */
by_move: AskMoveKind | null, };

export type AskNeeds = "any" | "all";

export type AskPage = { 
/**
 * At most as many as were asked for.
 */
items: Array<AskItem>, 
/**
 * Where the next page begins; null: that is all.
 */
next: string | null, 
/**
 * On the first page: what is over since its message is gone, of the last week; at most 20, newest first.
 */
gone: Array<GoneAsk>, 
/**
 * Everybody named in them.
 */
people: Array<Person>, };

export type AskPreview = { 
/**
 * Each of them who can be asked here.
 */
people: Array<AskForecast>, };

export type AskReminded = { 
/**
 * Which.
 */
message_id: MessageId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Who asks.
 */
asker_id: PersonId, 
/**
 * When.
 */
at: Timestamp, };

export type AskSeat = { 
/**
 * Whose.
 */
person_id: PersonId, 
/**
 * How it stands.
 */
state: AskSeatState, 
/**
 * While it is their turn: by when. Only for themselves and whoever asked; null also where their hours hold no such time.
 */
due: Timestamp | null, 
/**
 * A promise for later than is usual, which waits for the word of whoever asked. Only for these two.
 */
wished: Timestamp | null, 
/**
 * To whom they passed it.
 */
passed_to: PersonId | null, 
/**
 * Why they declined. Only for themselves and whoever asked, and in no event.
 */
reason: string | null, };

export type AskSeatState = "open" | "promised" | "asked_back" | "passed" | "declined" | "answered" | "left";

export type AskSide = "on_me" | "i_wait_for";

export type AskState = "open" | "answered" | "unanswered" | "withdrawn";

export type AskTopic = { 
/**
 * A UUIDv7 of the sender's making: sending twice begins one topic.
 */
id: TopicId, 
/**
 * 1 to 200 characters.
 */
title: string, };

export type AskView = { 
/**
 * The ask.
 */
ask: Ask, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type AskWordLists = { 
/**
 * One for each language.
 */
lists: Array<AskWords>, };

export type AskWords = { 
/**
 * BCP 47.
 */
language: string, 
/**
 * How a question begins, at the start of a sentence.
 */
openings: Array<string>, 
/**
 * What makes a request of any sentence.
 */
requests: Array<string>, 
/**
 * Signs that something was not understood.
 */
confusion: Array<string>, };

export type AskedMessage = { 
/**
 * The message.
 */
message: Message, 
/**
 * Its ask; null when it is gone since.
 */
ask: Ask | null, 
/**
 * The topic that it began; null: none was asked for.
 */
topic: Topic | null, };

export type Attachment = { 
/**
 * Which file.
 */
id: FileId, 
/**
 * Its name, one line.
 */
name: string, 
/**
 * How it is shown.
 */
kind: FileKind, 
/**
 * By its content.
 */
media_type: string, 
/**
 * How many bytes it has.
 */
size_bytes: number, 
/**
 * Of pictures and films, as they are shown.
 */
width: number | null, 
/**
 * Of pictures and films, as they are shown.
 */
height: number | null, 
/**
 * Of films and sound, as the sender's browser measured it.
 */
duration_ms: number | null, 
/**
 * Of a voice note: one character per bar, 0 to 9, then a to z, then A to Z; the last is the loudest.
 */
peaks: string | null, 
/**
 * Of a picture: width, height, and its pixels in RGB565; base64.
 */
placeholder: string | null, 
/**
 * Of a picture, or a PDF: whether its small version can be asked for.
 */
is_ready: boolean, };

export type AuditAction = "audit.exported" | "backup.made" | "backup.restored" | "channel.changed" | "channel.made" | "channel.member_put" | "channel.member_removed" | "charter.changed" | "emoji.added" | "emoji.removed" | "emoji.switched" | "export.downloaded" | "export.made" | "group.changed" | "group.made" | "group.member_put" | "group.member_removed" | "group.removed" | "guest.removed" | "guest_link.ended" | "guest_link.extended" | "guest_link.made" | "guest_link.used" | "hook.changed" | "hook.made" | "hook.removed" | "import.made" | "invitation.list_sent" | "invitation.made" | "invitation.revoked" | "invitation.used" | "links.switched" | "meeting.address_forgotten" | "message.removed" | "numbers_policy.changed" | "person.deactivated" | "person.erased" | "person.identity_linked" | "person.identity_removed" | "person.passkey_added" | "person.passkey_removed" | "person.passkey_suspected" | "person.reactivated" | "person.reset_link_made" | "person.role_changed" | "person.second_step_removed" | "person.second_step_set" | "poll.word_removed" | "poll.word_restored" | "report.dismissed" | "retention.changed" | "retention.copies_seen" | "retention.hold_ended" | "retention.hold_made" | "rota.changed" | "space.changed" | "space.made" | "space.member_put" | "space.member_removed" | "time_policy.changed" | "token.ended" | "token.made" | "words.changed" | "workspace.renamed" | "workspace.second_step_demanded" | "workspace.set_up" | "workspace.setting_changed" | "workspace.setup_link_made";

export type AuditEntry = { 
/**
 * Its id, and where the next page begins.
 */
id: string, 
/**
 * When.
 */
at: Timestamp, 
/**
 * `person`, `command_line` or `server`.
 */
actor_kind: "person" | "command_line" | "server", 
/**
 * The person who acted.
 */
actor_id: PersonId | null, 
/**
 * A past fact with its group before the dot.
 */
action: AuditAction, 
/**
 * What kind of thing it was done to.
 */
subject_kind: string, 
/**
 * Which.
 */
subject_id: string | null, 
/**
 * What it was called then; empty where it has no name that is to be known.
 */
subject_name: string, 
/**
 * More about it: before, after, role.
 */
detail: Record<string, string | number | boolean | null>, };

export type AuditPage = { 
/**
 * The deeds.
 */
items: Array<AuditEntry>, 
/**
 * Everybody who acted or is named.
 */
people: Array<Person>, 
/**
 * Every place that is named.
 */
places: Array<AuditPlace>, 
/**
 * The `before` of the next page.
 */
next: string | null, };

export type AuditPlace = { 
/**
 * Of a space or a channel.
 */
id: string, 
/**
 * What it is called now; empty for private channels and direct conversations.
 */
name: string, };

export type Away = { 
/**
 * When they work again; null: not in sight.
 */
until: Timestamp | null, 
/**
 * Who can be asked meanwhile: the deputy, or the deputy's, if that one is away as well.
 */
deputy_id: PersonId | null, };

export type BeginFocus = { 
/**
 * How long: 5 to 720 minutes.
 */
minutes: number, };

export type Blocks = { 
/**
 * Their ids; at most 1,000.
 */
items: Array<PersonId>, 
/**
 * The same people by name.
 */
people: Array<Person>, };

export type BreakoutId = string;

export type Brought = { 
/**
 * So many came in.
 */
n_added: number, 
/**
 * So many were there already.
 */
n_there: number, 
/**
 * So many cannot come in: they are not in the channel's space, or deactivated.
 */
n_left_out: number, };

export type CallOffice = { 
/**
 * A UUIDv7 of the sender's making, for the session.
 */
live_id: LiveId, 
/**
 * The same for its message.
 */
message_id: MessageId, 
/**
 * The text of that message.
 */
about: string, };

export type CallableGroup = { 
/**
 * How many people a mention of it calls there, apart from me.
 */
n_called: number, 
/**
 * Whether I am in it.
 */
is_member: boolean, 
/**
 * Whether I may rename and remove it, and say who is in it.
 */
can_manage: boolean, 
/**
 * The space whose it is; null: the whole workspace's.
 */
space_id: SpaceId | null, 
/**
 * Whether everybody who belongs there may join.
 */
open: boolean, 
/**
 * How many people are in it.
 */
n_members: number, 
/**
 * Which.
 */
id: GroupId, 
/**
 * What follows the `@`.
 */
handle: string, 
/**
 * What it is called in full.
 */
title: string, };

export type CallableGroups = { 
/**
 * Each of them.
 */
items: Array<CallableGroup>, 
/**
 * How many people they call together, apart from me.
 */
n_called: number, };

export type Card = { 
/**
 * What it is; an app that does not know the word shows the message alone.
 */
kind: string, 
/**
 * Which, in its own slice.
 */
id: string, };

export type CatchUp = { 
/**
 * In the order in which to read. Asks on me are all there, whatever the time is.
 */
items: Array<CatchUpItem>, 
/**
 * How long that takes, in seconds.
 */
takes_s: number, 
/**
 * How many things of those kinds the time did not reach.
 */
n_more: number, 
/**
 * What is new besides, one line for each channel and direct conversation, with how many messages: those that stand in
 * `items`, alone or in a topic, are not counted again.
 */
rest: Array<InboxPlace>, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type CatchUpItem = { 
/**
 * Why.
 */
kind: CatchUpKind, 
/**
 * The message with which to begin.
 */
line: InboxLine, 
/**
 * Of a decision: what was decided.
 */
decision: string | null, 
/**
 * Of a decision that those who were absent can still object to: until when.
 */
provisional_until: Timestamp | null, 
/**
 * Of an ask: by when, if it has a time.
 */
due: Timestamp | null, 
/**
 * Of a topic: how many messages are new. Else 1.
 */
n_messages: number, 
/**
 * How long it takes to read, in seconds.
 */
takes_s: number, 
/**
 * Of a topic with several new messages: the newest.
 */
last: InboxLine | null, };

export type CatchUpKind = "urgent" | "ask" | "decision" | "mention" | "topic";

export type ChangeChannel = { 
/**
 * Another name.
 */
name?: string, 
/**
 * Another description.
 */
description?: string, 
/**
 * Archive it, or take it back.
 */
archived?: boolean, 
/**
 * Seconds between two messages of one person: 10 to 21,600, or 0 for none.
 */
slow_s?: number, };

export type ChangeCharter = { 
/**
 * All of it.
 */
charter: Charter, 
/**
 * The change that it is based on.
 */
version: number, };

export type ChangeGroup = { 
/**
 * Another handle.
 */
handle?: string, 
/**
 * Another title.
 */
title?: string, 
/**
 * Whether everybody who belongs there may join.
 */
open?: boolean, };

export type ChangeLive = { 
/**
 * Opens the doors; they are not closed again, but a session can be locked.
 */
is_open?: boolean, 
/**
 * Whether nobody new comes in.
 */
is_locked?: boolean, 
/**
 * What whoever comes in from now on is: speaker or listener.
 */
usual_role?: LiveRole, 
/**
 * Arranges the stage for all; each can undo it for themselves.
 */
layout?: LiveLayout, 
/**
 * Puts somebody's picture large for all.
 */
pinned_id?: PersonId, 
/**
 * Nobody's picture stands large any more.
 */
unpin?: boolean, };

export type ChangeLiveAgenda = { 
/**
 * At most 30, in order.
 */
points: Array<LivePoint>, 
/**
 * Which one it is, counted from 0; none: none of them.
 */
point?: number | null, };

export type ChangeLivePerson = { 
/**
 * What they may do.
 */
role?: LiveRole, 
/**
 * Mutes their microphone; they can unmute it by themselves.
 */
mute?: boolean, 
/**
 * Takes their hand down.
 */
hand_down?: boolean, 
/**
 * Sends them out, or lets them in again.
 */
is_out?: boolean, 
/**
 * Whether they interpret: their picture is always on the stage then. At most two do.
 */
interprets?: boolean, };

export type ChangeMeeting = { 
/**
 * What it is about.
 */
words?: MeetingWords, 
/**
 * When; everybody is asked again.
 */
time?: MeetingTime, 
/**
 * Who is invited beside its maker.
 */
people?: Array<Invite>, 
/**
 * As in a new one.
 */
asks?: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, 
/**
 * The change that it is based on.
 */
revision: number, 
/**
 * Of a series: the meetings after it, too; at another time they move by as much.
 */
following?: boolean, };

export type ChangeOutgoing = { 
/**
 * Another name.
 */
name?: string, 
/**
 * Another address.
 */
url?: string, 
/**
 * Other events.
 */
events?: Array<HookEvent>, 
/**
 * Switch it off, or on again: what waited when it was switched off is gone.
 */
enabled?: boolean, };

export type ChangePollWord = { 
/**
 * The word, as it stands in the poll or in another spelling that counts as the same.
 */
word: string, 
/**
 * Whether it is out.
 */
removed: boolean, };

export type ChangePreference = { 
/**
 * On top.
 */
favourite?: boolean, 
/**
 * Place among its neighbours, smaller first.
 */
position?: number, };

export type ChangeQuestion = { 
/**
 * Anything but `waiting`. With `now`, what was being answered before has been, by speaking.
 */
state: QuestionState, 
/**
 * With `answered`, and with nothing else.
 */
answer?: QuestionAnswer, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type ChangeReminder = { 
/**
 * When; what was told already is told again then.
 */
due_at?: Timestamp, 
/**
 * For myself.
 */
note?: string, };

export type ChangeRetention = { 
/**
 * 1 to 3,650; null: for ever.
 */
days: number | null, 
/**
 * Pinned messages and decided topics stay.
 */
keep_marked: boolean, 
/**
 * The name of the place, typed by whoever does it.
 */
confirm: string, };

export type ChangeRoutine = { 
/**
 * The change that it is based on.
 */
revision: number, 
/**
 * What it says.
 */
text?: string, 
/**
 * Whether it may call everybody, or the groups that it names, each time.
 */
everyone_ok?: boolean, 
/**
 * When.
 */
rhythm?: Rhythm, 
/**
 * On whose clock.
 */
time_zone?: string, 
/**
 * True: it rests; false: it goes on, also after it was stopped.
 */
paused?: boolean, 
/**
 * True: the next time is left out.
 */
skip?: boolean, };

export type ChangeScheduled = { 
/**
 * The change that it is based on.
 */
revision: number, 
/**
 * What it says.
 */
text?: string, 
/**
 * When. What has failed waits again with it.
 */
due_at?: Timestamp, };

export type ChangeSetting = { 
/**
 * Null: back to what counts when nobody says.
 */
value: number | null, };

export type ChangeSpace = { 
/**
 * Another name.
 */
name?: string, 
/**
 * Another description.
 */
description?: string, 
/**
 * Whether every member of the workspace may join.
 */
open?: boolean, 
/**
 * Archive it, or take it back.
 */
archived?: boolean, };

export type ChangeTopic = { 
/**
 * Another title.
 */
title?: string, 
/**
 * Another state.
 */
state?: TopicState, 
/**
 * What was decided; empty for nothing.
 */
decision?: string, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type Channel = { 
/**
 * Its id.
 */
id: ChannelId, 
/**
 * Its space; null for a direct conversation.
 */
space_id: SpaceId | null, 
/**
 * Who reads and who writes.
 */
kind: ChannelKind, 
/**
 * 1 to 80 characters; empty for a direct conversation, which is named by its people.
 */
name: string, 
/**
 * Up to 1,000 characters.
 */
description: string, 
/**
 * Whether it is archived, itself or with its space.
 */
archived: boolean, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * How many people are in it.
 */
n_members: number, 
/**
 * Everybody in a direct conversation; empty for other kinds.
 */
people: Array<PersonId>, 
/**
 * Seconds that pass between two messages of one person who does not look after it; 0: none.
 */
slow_s: number, };

export type ChannelAsks = { 
/**
 * In the order of their messages.
 */
asks: Array<Ask>, 
/**
 * Everybody named in them.
 */
people: Array<Person>, };

export type ChannelCards = { 
/**
 * One for each message that has any.
 */
items: Array<MessageCards>, 
/**
 * The head of the channel's log for which this is true.
 */
seq: Seq, };

export type ChannelEvent = { 
/**
 * As it is now.
 */
channel: Channel, } | { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * As what.
 */
role: ChannelRole, 
/**
 * Members now.
 */
n_members: number, } | { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * Members now.
 */
n_members: number, };

export type ChannelId = string;

export type ChannelKind = "public" | "private" | "announcement" | "direct";

export type ChannelMember = { 
/**
 * Who.
 */
person: Person, 
/**
 * As what.
 */
role: ChannelRole, };

export type ChannelRetention = { 
/**
 * After how many days messages go; None: never.
 */
days: number | null, 
/**
 * Pinned messages and decided topics stay.
 */
keep_marked: boolean, 
/**
 * Nothing is deleted at the moment.
 */
held: boolean, };

export type ChannelRole = "admin" | "poster" | "member";

export type ChannelRow = { 
/**
 * The head of its log.
 */
head: Seq, 
/**
 * When its newest message was written; null while it is empty.
 */
last_at: Timestamp | null, 
/**
 * Topics that I follow and that have something unread.
 */
topics: Array<UnreadTopic>, 
/**
 * When I may write again where people wait between their messages; null where I do not wait.
 */
slow_until: Timestamp | null, 
/**
 * Whether I may post.
 */
can_post: boolean, 
/**
 * Whether I may rename, archive, invite and remove.
 */
can_manage: boolean, 
/**
 * Whether I am a member.
 */
is_member: boolean, 
/**
 * Whether it stands on top of my sidebar.
 */
favourite: boolean, 
/**
 * Its place among its neighbours, if I chose one.
 */
position: number | null, 
/**
 * Its id.
 */
id: ChannelId, 
/**
 * Its space; null for a direct conversation.
 */
space_id: SpaceId | null, 
/**
 * Who reads and who writes.
 */
kind: ChannelKind, 
/**
 * 1 to 80 characters; empty for a direct conversation, which is named by its people.
 */
name: string, 
/**
 * Up to 1,000 characters.
 */
description: string, 
/**
 * Whether it is archived, itself or with its space.
 */
archived: boolean, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * How many people are in it.
 */
n_members: number, 
/**
 * Everybody in a direct conversation; empty for other kinds.
 */
people: Array<PersonId>, 
/**
 * Seconds that pass between two messages of one person who does not look after it; 0: none.
 */
slow_s: number, 
/**
 * Everything up to here is read.
 */
read_seq: Seq, 
/**
 * Messages of others after it.
 */
n_unread: number, 
/**
 * Those among them that name me, a group of mine or everybody; in a direct conversation, all.
 */
n_mentions: number, };

export type ChannelView = { 
/**
 * Whether I may post.
 */
can_post: boolean, 
/**
 * Whether I may rename, archive, invite and remove.
 */
can_manage: boolean, 
/**
 * Whether I am a member.
 */
is_member: boolean, 
/**
 * Whether it stands on top of my sidebar.
 */
favourite: boolean, 
/**
 * Its place among its neighbours, if I chose one.
 */
position: number | null, 
/**
 * Its id.
 */
id: ChannelId, 
/**
 * Its space; null for a direct conversation.
 */
space_id: SpaceId | null, 
/**
 * Who reads and who writes.
 */
kind: ChannelKind, 
/**
 * 1 to 80 characters; empty for a direct conversation, which is named by its people.
 */
name: string, 
/**
 * Up to 1,000 characters.
 */
description: string, 
/**
 * Whether it is archived, itself or with its space.
 */
archived: boolean, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * How many people are in it.
 */
n_members: number, 
/**
 * Everybody in a direct conversation; empty for other kinds.
 */
people: Array<PersonId>, 
/**
 * Seconds that pass between two messages of one person who does not look after it; 0: none.
 */
slow_s: number, };

export type Charter = { 
/**
 * What is asked and answered.
 */
normal: Pace | null, 
/**
 * What is given to be read and commented.
 */
feedback: Pace | null, 
/**
 * What cannot wait.
 */
urgent: Pace | null, 
/**
 * Whether whoever hosts a live session is told who was in for how long and who spoke how long. A topic does not say it.
 */
tells_hosts?: boolean | null, 
/**
 * How people write here, and what for: up to 1,000 characters.
 */
note: string, };

export type CharterChanged = { 
/**
 * The workspace, the space, the channel, or a topic of it.
 */
scope_id: string, 
/**
 * Of the change.
 */
version: number, };

export type CharterPage = { 
/**
 * Of the workspace.
 */
workspace: CharterView, 
/**
 * Spaces and channels that say something of their own, at most 500.
 */
places: Array<PlaceCharter>, };

export type CharterScope = "default" | "workspace" | "space" | "channel" | "topic";

export type CharterView = { 
/**
 * What it says itself.
 */
charter: Charter, 
/**
 * Of the last change; 0: it has never said anything.
 */
version: number, 
/**
 * What holds there.
 */
expected: Expected, 
/**
 * Whether I look after it.
 */
can_change: boolean, };

export type Check = { 
/**
 * What was found.
 */
word: HealthWord, 
/**
 * How it is.
 */
state: State, 
/**
 * Numbers and names for the sentence.
 */
facts: Record<string, string | number>, 
/**
 * How long it took to find out, in milliseconds.
 */
took_ms: number, };

export type CheckIn = { 
/**
 * The message that asks.
 */
message_id: MessageId, 
/**
 * Where the answers gather.
 */
topic_id: TopicId, 
/**
 * Of which day it is, as 2026-11-30.
 */
day: string, 
/**
 * How many are asked; without those who are away or said that they do not answer.
 */
n_asked: number, 
/**
 * How many have answered.
 */
n_answered: number, 
/**
 * How I stand to it; null: I am not asked.
 */
mine: TurnState | null, 
/**
 * When I am asked.
 */
my_time: Timestamp | null, };

export type CheckInChanged = { 
/**
 * The message that asks.
 */
message_id: MessageId, 
/**
 * How many are asked.
 */
n_asked: number, 
/**
 * How many have answered.
 */
n_answered: number, };

export type CheckInTurned = { 
/**
 * The message that asks.
 */
message_id: MessageId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Where the answers gather.
 */
topic_id: TopicId, 
/**
 * How I stand to it now.
 */
state: TurnState, };

export type ChoicesOutside = { 
/**
 * Their name.
 */
name: string, 
/**
 * To each time, in its order.
 */
choices: Array<TimeChoice>, };

export type ChooseLanding = { 
/**
 * Which.
 */
choice: LandingChoice, };

export type ChooseLevel = { 
/**
 * Null: as it is around that place.
 */
level: ToldLevel | null, };

export type ChooseLinks = { 
/**
 * Whether I want to see cards.
 */
shows: boolean, };

export type ChooseThanksPlace = { 
/**
 * A channel of the space in which I may write; null: not any more.
 */
channel_id: ChannelId | null, 
/**
 * What the message says, in a line of up to 100 characters.
 */
title: string, };

export type ChosenOutside = { 
/**
 * When it begins.
 */
starts_at: Timestamp, 
/**
 * When it ends.
 */
ends_at: Timestamp, 
/**
 * Whether it was called off since.
 */
is_canceled: boolean, };

export type ClearInbox = { 
/**
 * A UUIDv7 of the sender's making: sending twice clears once.
 */
id: string, 
/**
 * These channels, up to 1,000; null: all that the inbox lists as the rest.
 */
channels: Array<ChannelId> | null, };

export type Cleared = { 
/**
 * To take it back with.
 */
id: string, 
/**
 * When.
 */
at: Timestamp, 
/**
 * How many conversations: streams and topics.
 */
n_places: number, };

export type Clock = "working" | "elapsed";

export type Code = { 
/**
 * Six digits.
 */
code: string, };

export type Counts = { 
/**
 * Everything up to here is read.
 */
read_seq: Seq, 
/**
 * Messages of others after it.
 */
n_unread: number, 
/**
 * Those among them that name me, a group of mine or everybody; in a direct conversation, all.
 */
n_mentions: number, };

export type CustomEmoji = { 
/**
 * Between colons in texts and reactions.
 */
name: string, 
/**
 * Another one when the picture is another one.
 */
version: string, 
/**
 * Whether it moves; then there is a version without motion.
 */
animated: boolean, 
/**
 * Who added it.
 */
created_by: PersonId, };

export type CustomEmojiList = { 
/**
 * In the order of their names.
 */
items: Array<CustomEmoji>, 
/**
 * Whether I may add one.
 */
may_add: boolean, 
/**
 * Whether everybody but guests may, or administrators alone.
 */
everyone: boolean, };

export type DayOff = { 
/**
 * The first day.
 */
first: string, 
/**
 * The last one, included.
 */
last: string, 
/**
 * Work on these days, instead of none.
 */
is_work: boolean, 
/**
 * Of a single day: from when, in minutes after midnight; null: the whole day.
 */
from_min: number | null, 
/**
 * Of a single day: until when.
 */
to_min: number | null, 
/**
 * For oneself; nobody else sees it. Up to 120 characters.
 */
note: string, 
/**
 * Whom others may ask in the meantime.
 */
deputy_id: PersonId | null, };

export type Decision = { 
/**
 * In which topic.
 */
topic_id: TopicId, 
/**
 * What that is called.
 */
topic_title: string, 
/**
 * Of which channel.
 */
channel_id: ChannelId, 
/**
 * What was decided.
 */
text: string, 
/**
 * Until when those who were absent can object; null: it is final.
 */
provisional_until: Timestamp | null, 
/**
 * Who wrote it down.
 */
person_id: PersonId, 
/**
 * When.
 */
at: Timestamp, };

export type DecisionPage = { 
/**
 * The decisions.
 */
items: Array<Decision>, 
/**
 * The cursor of the next page.
 */
next: Timestamp | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type Delivery = { 
/**
 * Also the `webhook-id` that is sent.
 */
id: DeliveryId, 
/**
 * What happened.
 */
kind: string, 
/**
 * The place of the event in the channel's log.
 */
seq: Seq, 
/**
 * When it happened.
 */
at: Timestamp, 
/**
 * How it stands.
 */
state: DeliveryState, 
/**
 * How often it was tried.
 */
n_attempts: number, 
/**
 * The status of the last answer.
 */
status: number | null, 
/**
 * How long that took.
 */
duration_ms: number | null, 
/**
 * What went wrong.
 */
error: string | null, 
/**
 * When it was tried last.
 */
tried_at: Timestamp | null, };

export type DeliveryId = string;

export type DeliveryState = "waiting" | "delivered" | "failed";

export type DeviceUsed = { 
/**
 * At which.
 */
session_id: SessionId, };

export type Draft = { 
/**
 * Where it will be sent.
 */
channel_id: ChannelId, 
/**
 * In which topic; null for the stream.
 */
topic_id: TopicId | null, 
/**
 * Empty: there is none any more.
 */
text: string, 
/**
 * Grows with each change.
 */
revision: number, 
/**
 * When it was last changed.
 */
at: Timestamp, };

export type DraftChanged = { 
/**
 * The draft as it is now; an empty text means that it is gone.
 */
draft: Draft, };

export type EditMessage = { 
/**
 * The new text; empty only beside files.
 */
text: string, 
/**
 * The files that stay; absent: all of them. None can be added.
 */
file_ids?: Array<FileId>, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type EmojiChanged = { 
/**
 * Its name.
 */
name: string, 
/**
 * As it is now; null: gone.
 */
emoji: CustomEmoji | null, };

export type EndLive = { 
/**
 * What came of it.
 */
outcome: LiveOutcome, 
/**
 * With the outcome `decision`: what was decided.
 */
decision?: NewLiveDecision, 
/**
 * With the outcome `asks`: 1 to 10 questions that are open.
 */
asks?: Array<NewLiveAsk>, };

export type EnterAsGuest = { 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * IANA zone.
 */
time_zone: string, 
/**
 * BCP 47 tag.
 */
language: string, };

export type EnterLive = { 
/**
 * A name that the browser draws for itself, so that a page that is loaded again takes the place of the one before:
 * 1 to 36 letters, digits and dashes.
 */
device: string, };

export type Entered = { 
/**
 * Who it is.
 */
me: Me, 
/**
 * Shown once, when an app was set up on the way.
 */
recovery_codes: Array<string> | null, };

export type EraseMe = { 
/**
 * Whoever has none, or has just proved who they are by a passkey or at another server, leaves it out.
 */
password?: string, messages: ErasedMessages, };

export type ErasePerson = { messages: ErasedMessages, };

export type ErasedMessages = "keep" | "delete";

export type ExcerptPart = { 
/**
 * Never HTML.
 */
text: string, 
/**
 * Whether this is what was looked for.
 */
hit: boolean, };

export type Expectation = { 
/**
 * How soon.
 */
pace: Pace, 
/**
 * Who says so.
 */
from: CharterScope, };

export type Expected = { 
/**
 * What is asked and answered.
 */
normal: Expectation, 
/**
 * What is given to be read and commented.
 */
feedback: Expectation, 
/**
 * What cannot wait.
 */
urgent: Expectation, 
/**
 * What those who host live sessions are told. Off where nobody says anything.
 */
tells_hosts: TellsHosts, };

export type ExtendGuestLink = { 
/**
 * From now on: one hour to 30 days, in seconds.
 */
expires_in_s: number, };

export type FileChanged = { 
/**
 * Which message carries it.
 */
message_id: MessageId, 
/**
 * The place of that message.
 */
seq: Seq, 
/**
 * The file as it is now.
 */
file: Attachment, };

export type FileId = string;

export type FileKind = "picture" | "video" | "sound" | "voice" | "pdf" | "file";

export type FilePage = { 
/**
 * The files.
 */
items: Array<PostedFile>, 
/**
 * The cursor of the next page.
 */
next: Timestamp | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type FindSlots = { 
/**
 * What the meeting is for.
 */
aim: MeetingAim, 
/**
 * How long: 5 to 720 minutes.
 */
minutes: number, 
/**
 * Who is invited beside its maker.
 */
people: Array<Invite>, 
/**
 * From when on.
 */
from: Timestamp, 
/**
 * Until when: at most 31 days.
 */
to: Timestamp, };

export type FirstMessage = { 
/**
 * As in a new message.
 */
id: MessageId, 
/**
 * As in a new message.
 */
text: string, 
/**
 * As in a new message.
 */
file_ids?: Array<FileId>, 
/**
 * As in a new message.
 */
everyone_ok?: boolean, };

export type FixedSetting = { 
/**
 * `section.key`.
 */
name: SettingKey, 
/**
 * As in the file; None: it is not set, or it is a secret.
 */
value: string | null, 
/**
 * It is set and not shown.
 */
is_hidden: boolean, 
/**
 * What counts without it; in English, as in the file.
 */
note: string | null, 
/**
 * Where it was set.
 */
source: "default" | "file" | "environment", };

export type FocusNow = { 
/**
 * Since when.
 */
from: Timestamp, 
/**
 * Until when.
 */
until: Timestamp, };

export type FollowChanged = { 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Which topic.
 */
topic_id: TopicId, 
/**
 * Whether I follow it now.
 */
following: boolean, };

export type ForgetAddress = { 
/**
 * A mail address.
 */
address: string, };

export type Forward = { 
/**
 * The original, for those who may read it.
 */
message_id: MessageId, 
/**
 * Where it stands.
 */
channel_id: ChannelId, 
/**
 * Who wrote it.
 */
author_id: PersonId, 
/**
 * When.
 */
at: Timestamp, 
/**
 * CommonMark; empty when the original was deleted.
 */
text: string, 
/**
 * Its markup; null for plain text.
 */
tree: Array<Node> | null, 
/**
 * Whether the original was deleted.
 */
deleted: boolean, };

export type Fresh = { 
/**
 * Of who asks; whoever has none must have signed in within the last ten minutes.
 */
password?: string, };

export type GatheredThanks = { 
/**
 * What was said.
 */
thanks: Thanks, 
/**
 * The beginning of its text, plain, up to 300 characters.
 */
text: string, 
/**
 * Whether I may read where it was said.
 */
can_open: boolean, };

export type Gathering = { 
/**
 * The message.
 */
message_id: MessageId, 
/**
 * In the order in which it was said; without what was taken back since, and what people said whom I block.
 */
items: Array<GatheredThanks>, 
/**
 * Who is named.
 */
people: Array<Person>, };

export type GoLive = { 
/**
 * A UUIDv7 of the sender's making: sending twice begins one session.
 */
id: LiveId, 
/**
 * The same for the message under which it stands.
 */
message_id: MessageId, 
/**
 * The topic that goes live.
 */
topic_id?: TopicId, 
/**
 * Where it begins in the stream: the topic that begins with it, in which stands what is said beside it. A UUIDv7 of the
 * sender's making; none: the server makes one.
 */
backchannel_id?: TopicId, 
/**
 * What it is about: the text of the message, CommonMark, up to 16,384 bytes.
 */
about: string, 
/**
 * Whether others can come in at once.
 */
is_open?: boolean, 
/**
 * What whoever comes in is, before somebody changes it: speaker or listener.
 */
usual_role?: LiveRole, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type GoneAsk = { 
/**
 * Its message.
 */
message_id: MessageId, 
/**
 * Where it stood.
 */
channel_id: ChannelId, 
/**
 * Who asked.
 */
asker_id: PersonId, 
/**
 * When.
 */
asked_at: Timestamp, 
/**
 * Since when it is gone.
 */
gone_at: Timestamp, 
/**
 * By the rule for how long messages stay; else somebody took it away.
 */
by_rule: boolean, };

export type Group = { 
/**
 * The space whose it is; null: the whole workspace's.
 */
space_id: SpaceId | null, 
/**
 * Whether everybody who belongs there may join.
 */
open: boolean, 
/**
 * How many people are in it.
 */
n_members: number, 
/**
 * Which.
 */
id: GroupId, 
/**
 * What follows the `@`.
 */
handle: string, 
/**
 * What it is called in full.
 */
title: string, };

export type GroupEvent = { 
/**
 * As it is now.
 */
group: Group, } | { 
/**
 * Which.
 */
group_id: GroupId, 
/**
 * Who is in it since then.
 */
joined: Array<PersonId>, 
/**
 * Who is in it no longer.
 */
left: Array<PersonId>, 
/**
 * Members now.
 */
n_members: number, } | { 
/**
 * Which, and no other field.
 */
group_id: GroupId, };

export type GroupId = string;

export type GroupName = { 
/**
 * Which.
 */
id: GroupId, 
/**
 * What follows the `@`.
 */
handle: string, 
/**
 * What it is called in full.
 */
title: string, };

export type GroupView = { 
/**
 * Whether I am in it.
 */
is_member: boolean, 
/**
 * Whether I may rename and remove it, and say who is in it.
 */
can_manage: boolean, 
/**
 * The space whose it is; null: the whole workspace's.
 */
space_id: SpaceId | null, 
/**
 * Whether everybody who belongs there may join.
 */
open: boolean, 
/**
 * How many people are in it.
 */
n_members: number, 
/**
 * Which.
 */
id: GroupId, 
/**
 * What follows the `@`.
 */
handle: string, 
/**
 * What it is called in full.
 */
title: string, };

export type GuestEntered = { 
/**
 * Who they are here.
 */
id: PersonId, 
/**
 * The one channel that they see.
 */
channel_id: ChannelId, };

export type GuestInvitation = { 
/**
 * What the meeting is called.
 */
title: string, 
/**
 * Who made it.
 */
organiser: string, 
/**
 * Of which workspace.
 */
workspace: string, 
/**
 * When it begins; of a series the next one.
 */
starts_at: Timestamp, 
/**
 * When it ends.
 */
ends_at: Timestamp, 
/**
 * How many follow it in its series.
 */
n_following: number, 
/**
 * What they said; of a series to all of it.
 */
answer: MeetingAnswer, 
/**
 * Whether it was called off.
 */
is_canceled: boolean, 
/**
 * Whether it is over: nothing can be answered any more.
 */
is_over: boolean, };

export type GuestLink = { 
/**
 * Its id.
 */
id: GuestLinkId, 
/**
 * The link; only in the answer that made it, because the server keeps no more than its hash.
 */
url: string | null, 
/**
 * Where it leads.
 */
channel_id: ChannelId, 
/**
 * Whether its guests read the channel from its beginning, and not from their entering on.
 */
whole_history: boolean, 
/**
 * Whether its guests may bring files.
 */
may_upload: boolean, 
/**
 * How many may be there at the same time.
 */
max_guests: number, 
/**
 * Who is there by it.
 */
guests: Array<Person>, 
/**
 * Until when.
 */
expires_at: Timestamp, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When.
 */
created_at: Timestamp, 
/**
 * When it ended before or at its time; null while it is open.
 */
ended_at: Timestamp | null, };

export type GuestLinkId = string;

export type GuestLook = { 
/**
 * Whose workspace it is.
 */
workspace_name: string, 
/**
 * Which channel, and its id once one is in it.
 */
channel_name: string, 
/**
 * Null before entering.
 */
channel_id: ChannelId | null, 
/**
 * Who made the link.
 */
inviter_name: string, 
/**
 * Whether one will read what was said before.
 */
whole_history: boolean, 
/**
 * Until when.
 */
expires_at: Timestamp, 
/**
 * Who asks.
 */
visitor: GuestVisitor, };

export type GuestVisitor = "new" | "back" | "account";

export type HandOverRota = { 
/**
 * Somebody of the rota who has agreed; the next of them, when it is not said.
 */
person_id?: PersonId, };

export type Handled = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * By whom.
 */
by: PersonId, 
/**
 * How.
 */
outcome: Outcome, };

export type Health = { 
/**
 * The worst of all.
 */
state: State, 
/**
 * When it was asked.
 */
checked_at: Timestamp, 
/**
 * One line each, in a fixed order.
 */
checks: Array<Check>, };

export type HealthWord = "database_well" | "database_slow" | "database_silent" | "disk_well" | "disk_low" | "disk_full" | "disk_unknown" | "backup_well" | "backup_old" | "backup_none" | "jobs_well" | "jobs_late" | "jobs_failing" | "jobs_given_up" | "files_folder" | "files_bucket" | "files_away" | "bell_none" | "bell_well" | "bell_away" | "scanner_none" | "scanner_well" | "scanner_away" | "mail_none" | "mail_well" | "mail_unused" | "mail_failing" | "mail_away" | "mail_silent" | "mail_refuses" | "certificate_none" | "certificate_well" | "certificate_soon" | "certificate_over" | "certificate_unreadable" | "people_well" | "clock_well" | "clock_off" | "version_well";

export type HeldAnswer = { 
/**
 * What it says.
 */
text: string, 
/**
 * How many had chosen it.
 */
n_votes: number, };

export type HeldCopies = { 
/**
 * In the order in which they were written.
 */
items: Array<HeldCopy>, 
/**
 * Where the next page begins; None: this was the last.
 */
next: MessageId | null, };

export type HeldCopy = { 
/**
 * The message that it was.
 */
message_id: MessageId, 
/**
 * Where it stood.
 */
channel_id: ChannelId, 
/**
 * Who wrote it.
 */
author_id: PersonId, 
/**
 * What they are called.
 */
author_name: string, 
/**
 * When it was posted.
 */
said_at: Timestamp, 
/**
 * When it, or the last of its files that went, was deleted.
 */
deleted_at: Timestamp, 
/**
 * What it said then.
 */
text: string, 
/**
 * What it carried on from somewhere else.
 */
forwarded: string, 
/**
 * What it said before its edits, the oldest first.
 */
earlier: Array<string>, 
/**
 * The files it had.
 */
files: Array<HeldFile>, 
/**
 * Who had reacted, by emoji.
 */
reactions: Array<HeldReaction>, 
/**
 * The answers of the poll that it was.
 */
answers: Array<HeldAnswer>, };

export type HeldFile = { 
/**
 * The file that it was.
 */
id: FileId, 
/**
 * What it was called.
 */
name: string, 
/**
 * What it is.
 */
media_type: string, 
/**
 * Its size in bytes.
 */
size_bytes: number, 
/**
 * Under which hash its bytes lie among the files of the server.
 */
hash: string, };

export type HeldMessage = { 
/**
 * Which.
 */
message_id: MessageId, 
/**
 * For whom.
 */
person_id: PersonId, 
/**
 * Until when they are not told of it. They see it before if they look.
 */
until: Timestamp, 
/**
 * Where they are, as an IANA zone.
 */
time_zone: string, };

export type HeldMessages = { 
/**
 * Newest first; up to 50.
 */
items: Array<HeldMessage>, };

export type HeldNotices = { 
/**
 * How many.
 */
n_held: number, 
/**
 * How many of them wait for an answer of mine.
 */
n_asks: number, 
/**
 * When the first of those is due.
 */
first_due: Timestamp | null, 
/**
 * When the next of them are told; null when nothing waits.
 */
next_at: Timestamp | null, 
/**
 * The first of them, in the order in which they are told; up to 20.
 */
items: Array<Notice>, 
/**
 * The device that asks.
 */
session_id: SessionId, 
/**
 * The device that is told; null: none of mine has been used yet, and each is.
 */
device_in_use: SessionId | null, };

export type HeldReaction = { 
/**
 * Which.
 */
emoji: string, 
/**
 * What those who reacted so are called, the first of them first.
 */
names: Array<string>, };

export type HintKind = "ping_pong" | "rapid_fire";

export type HintShown = { 
/**
 * In which topic; null: in the stream of the channel.
 */
topic_id: TopicId | null, 
/**
 * It was waved away.
 */
dismissed: boolean, };

export type HintWhy = "asked_again" | "not_understood" | "unkept" | "quick";

export type Hold = { 
/**
 * `channel` or `person`.
 */
kind: "channel" | "person", 
/**
 * Which channel, or who.
 */
subject_id: string, 
/**
 * What it is called; empty where its name is not for every administrator.
 */
name: string, 
/**
 * Why, in the words of who made it.
 */
reason: string, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When.
 */
created_at: Timestamp, 
/**
 * Messages of it that were deleted since, of which copies are kept.
 */
n_copies: number, };

export type HoldKind = "channel" | "person";

export type Holiday = { 
/**
 * When.
 */
day: string, 
/**
 * What it is called there.
 */
name: string, 
/**
 * In English.
 */
english: string, };

export type HookEvent = "message.posted" | "message.edited" | "message.deleted" | "topic.created" | "topic.changed";

export type HookId = string;

export type Hooks = { 
/**
 * Into it.
 */
incoming: Array<IncomingHook>, 
/**
 * Out of it.
 */
outgoing: Array<OutgoingHook>, 
/**
 * Everybody who made one.
 */
people: Array<Person>, };

export type HoursChanged = { 
/**
 * Of the change.
 */
revision: number, };

export type HoursPreview = { 
/**
 * The moment.
 */
at: Timestamp, 
/**
 * To a message that is urgent.
 */
urgent: Told, 
/**
 * To one that needs me, but is not urgent.
 */
others: Told, };

export type HoursView = { 
/**
 * What I have declared, or what holds as long as I have not.
 */
hours: OwnHours, 
/**
 * Of the last change; 0: I have declared nothing.
 */
revision: number, 
/**
 * Time to think that goes on, begun by hand.
 */
focus_now: FocusNow | null, 
/**
 * In which zone all of it holds; it is part of the profile.
 */
time_zone: string, };

export type InSeries = { 
/**
 * The first meeting of the series, which names it.
 */
id: MeetingId, 
/**
 * The how-manieth, from 1.
 */
n: number, 
/**
 * Of how many.
 */
of: number, 
/**
 * Weeks between two of them.
 */
every_weeks: number, };

export type Inbox = { 
/**
 * How many things need me, each once: what is urgent and calls me, what asks me, who calls me, and direct conversations with
 * something new. Up to 1,000.
 */
n_needs_you: number, 
/**
 * Messages that call me and that I have not read, up to 100, the newest first.
 */
calls: Array<InboxCall>, 
/**
 * Direct conversations with something new, the newest first.
 */
directs: Array<InboxPlace>, 
/**
 * Channels with something new of which I want to hear, the newest first.
 */
rest: Array<InboxPlace>, 
/**
 * Decisions of live sessions about which I am asked because I was absent, the soonest first.
 */
provisional: Array<ProvisionalDecision>, 
/**
 * What I marked as read at once last, while it can be taken back.
 */
cleared: Cleared | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type InboxCall = { 
/**
 * The message.
 */
line: InboxLine, 
/**
 * Whether it calls everybody in the channel.
 */
everyone: boolean, };

export type InboxCount = { 
/**
 * As in the inbox.
 */
n_needs_you: number, };

export type InboxLine = { 
/**
 * Which message.
 */
message_id: MessageId, 
/**
 * Where it stands.
 */
channel_id: ChannelId, 
/**
 * In which topic; null: in the stream.
 */
topic_id: TopicId | null, 
/**
 * What that is called.
 */
topic_title: string | null, 
/**
 * Who wrote it.
 */
author_id: PersonId, 
/**
 * When.
 */
at: Timestamp, 
/**
 * How it begins, without markup; mentions as they are typed.
 */
text: string, };

export type InboxPlace = { 
/**
 * The newest message.
 */
line: InboxLine, 
/**
 * How many are new, with those in topics that I follow.
 */
n_unread: number, 
/**
 * In how many topics.
 */
n_topics: number, };

export type IncomingHook = { 
/**
 * Its id.
 */
id: HookId, 
/**
 * Where it posts.
 */
channel_id: ChannelId, 
/**
 * In which topic; null for the stream.
 */
topic_id: TopicId | null, 
/**
 * In whose name; also the name of the hook.
 */
bot: Person, 
/**
 * Who made it, and whose rights it has.
 */
created_by: PersonId, 
/**
 * When.
 */
created_at: Timestamp, 
/**
 * When it posted last.
 */
used_at: Timestamp | null, 
/**
 * Why the last message was refused; null when it was posted.
 */
refusal: string | null, };

export type IncomingMade = { 
/**
 * The hook.
 */
hook: IncomingHook, 
/**
 * Where to post. Whoever knows it can.
 */
url: string, };

export type Invitation = { 
/**
 * Its id.
 */
id: InvitationId, 
/**
 * The link; only in the answer that made it, because the server keeps no more than its hash.
 */
url: string | null, 
/**
 * What those who come in will be.
 */
role: Role, 
/**
 * The space that it opens.
 */
space_id: SpaceId | null, 
/**
 * The channels that it opens.
 */
channel_ids: Array<ChannelId>, 
/**
 * How many may come in.
 */
max_uses: number, 
/**
 * How many have come in.
 */
n_uses: number, 
/**
 * Until when.
 */
expires_at: Timestamp, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When.
 */
created_at: Timestamp, 
/**
 * Whether it was ended before its time.
 */
revoked: boolean, };

export type InvitationId = string;

export type InvitationLook = { 
/**
 * Where it leads.
 */
workspace_name: string, 
/**
 * Which space.
 */
space_name: string | null, 
/**
 * Who invites.
 */
inviter_name: string, 
/**
 * As what.
 */
role: Role, };

export type InvitationPage = { 
/**
 * The invitations.
 */
items: Array<Invitation>, 
/**
 * The `before` of the next page.
 */
next: string | null, };

export type InvitationState = "open" | "used" | "expired" | "revoked";

export type InvitationUsed = { 
/**
 * Which.
 */
invitation_id: InvitationId, 
/**
 * Who came.
 */
person_id: PersonId, 
/**
 * Who had invited them.
 */
invited_by: PersonId, };

export type Invite = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * Whether it makes no sense without them.
 */
is_required?: boolean, };

export type InviteGuest = { 
/**
 * A mail address.
 */
address: string, 
/**
 * Up to 80 characters; may be empty.
 */
name?: string, };

export type InviteGuests = { 
/**
 * With those who are invited already up to 20.
 */
guests: Array<InviteGuest>, };

export type Knock = { 
/**
 * Its id.
 */
id: string, 
/**
 * The conversation of the two.
 */
channel_id: ChannelId, 
/**
 * Who asks.
 */
by_id: PersonId, 
/**
 * Who is asked.
 */
to_id: PersonId, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Without an answer it is over then.
 */
expires_at: Timestamp, 
/**
 * What was said to it; null: nothing.
 */
answer: KnockAnswer | null, 
/**
 * With `at`: when it will be a good time.
 */
until: Timestamp | null, 
/**
 * When that was said.
 */
answered_at: Timestamp | null, };

export type KnockAnswer = "yes" | "at" | "no";

export type KnockChanged = { 
/**
 * How it stands; null: it was taken back.
 */
knock: Knock | null, };

export type KnockView = { 
/**
 * The last one, while it waits, and for an hour after its answer; else null.
 */
knock: Knock | null, };

export type LandingChoice = "deliver" | "silent" | "urgent";

export type LandingView = { 
/**
 * What Send does, and what can be chosen instead; empty: they are there, it is just sent.
 */
choices: Array<LandingChoice>, 
/**
 * When their work begins.
 */
at: Timestamp | null, 
/**
 * For whom of them first.
 */
person_id: PersonId | null, 
/**
 * The zone of that person.
 */
time_zone: string | null, };

export type LaterOffice = { 
/**
 * When, within 12 hours; none: now.
 */
at?: Timestamp | null, };

export type LevelChanged = { 
/**
 * A space, a channel, a topic, or everywhere: myself.
 */
place_id: string, 
/**
 * Null: as it is around that place.
 */
level: ToldLevel | null, };

export type LevelList = { 
/**
 * Where I have said nothing else; null: what needs me.
 */
everywhere: ToldLevel | null, 
/**
 * Spaces, then channels, then topics, of those in which I am now; up to 1,000.
 */
places: Array<PlaceLevel>, };

export type LevelPlace = "space" | "channel" | "topic";

export type LinkCard = { 
/**
 * The link in this message.
 */
id: LinkId, 
/**
 * Where it leads, as in the text.
 */
url: string, 
/**
 * One line, up to 200 characters; plain text of somebody else's.
 */
title: string, 
/**
 * One line, up to 300 characters.
 */
description: string | null, 
/**
 * The name of the site, or its host.
 */
site: string, 
/**
 * Its picture, at `/api/links/{id}/picture`.
 */
picture: LinkPicture | null, };

export type LinkId = string;

export type LinkPage = { 
/**
 * The newest first.
 */
items: Array<PostedLink>, 
/**
 * Ask for those before this; null at the end.
 */
next: Timestamp | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type LinkPicture = { 
/**
 * In pixels, up to 640.
 */
width: number, 
/**
 * In pixels, up to 640.
 */
height: number, };

export type LinkSettings = { 
/**
 * Whether this server asks pages at all.
 */
fetches: boolean, 
/**
 * Whether I want to see cards.
 */
shows: boolean, };

export type LinksChanged = { 
/**
 * Which message.
 */
message_id: MessageId, 
/**
 * Its place.
 */
seq: Seq, 
/**
 * In the order of its links.
 */
cards: Array<LinkCard>, };

export type ListDone = { 
/**
 * A table of comma-separated values with what became of each line, and the links where nobody gets a letter. Shown
 * once: the server keeps no more than hashes of links.
 */
report: string, 
/**
 * Each line but the head and blank ones.
 */
lines: Array<ListLine>, 
/**
 * How many people it invites.
 */
n_new: number, 
/**
 * Whether they get a letter; if not, the report holds their links.
 */
mails: boolean, };

export type ListLine = { 
/**
 * Where it stands in the file; 1 is the first.
 */
line: number, 
/**
 * As it stands there.
 */
mail: string, 
/**
 * As it stands there.
 */
name: string, 
/**
 * What they will be.
 */
role: Role, 
/**
 * As it stands there.
 */
space: string, 
/**
 * What becomes of it.
 */
state: ListState, };

export type ListLook = { 
/**
 * Each line but the head and blank ones.
 */
lines: Array<ListLine>, 
/**
 * How many people it invites.
 */
n_new: number, 
/**
 * Whether they get a letter; if not, the report holds their links.
 */
mails: boolean, };

export type ListState = "new" | "member" | "invited" | "double" | "wrong_mail" | "wrong_name" | "wrong_role" | "wrong_space" | "wrong_channel" | "wrong_group" | "guest_needs_channel";

export type LiveAbsent = { 
/**
 * Who was called to it, wrote in its topic, or is in the direct conversation, and was never in. At most 50.
 */
people: Array<Person>, };

export type LiveBreakout = { 
/**
 * Its id, which is the name of its room, too.
 */
id: BreakoutId, 
/**
 * One line.
 */
name: string, };

export type LiveChanged = { 
/**
 * The session.
 */
session: LiveSession, 
/**
 * Whom its `people` are.
 */
roster: LiveRoster, };

export type LiveDecision = { 
/**
 * The message that says it.
 */
message_id: MessageId, 
/**
 * Who noted it.
 */
decided_by: PersonId, 
/**
 * When.
 */
decided_at: Timestamp, 
/**
 * Until when those who were absent can object; none: it was final at once.
 */
open_until: Timestamp | null, 
/**
 * Since when it is final.
 */
final_at: Timestamp | null, 
/**
 * Who objected, or opened the topic again, while it was provisional.
 */
objected_by: PersonId | null, 
/**
 * When.
 */
objected_at: Timestamp | null, };

export type LiveId = string;

export type LiveLayout = "free" | "grid" | "speaker" | "content";

export type LiveList = { 
/**
 * The newest first.
 */
sessions: Array<LiveSession>, 
/**
 * What each is about, in the same order.
 */
titles: Array<string>, 
/**
 * Everybody named in them.
 */
people: Array<Person>, };

export type LiveNote = { 
/**
 * Its id.
 */
id: LiveNoteId, 
/**
 * The room; none: to all of them.
 */
breakout_id: BreakoutId | null, 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * What, plain.
 */
text: string, 
/**
 * When.
 */
at: Timestamp, };

export type LiveNoteId = string;

export type LiveNoted = { 
/**
 * The session.
 */
live_id: LiveId, 
/**
 * The room; none: all of them.
 */
breakout_id: BreakoutId | null, };

export type LiveNotes = { 
/**
 * In order; the newest 500.
 */
notes: Array<LiveNote>, 
/**
 * Everybody named in them.
 */
people: Array<Person>, };

export type LiveNumbers = { 
/**
 * Mine; none: I was not in.
 */
mine: LivePersonNumbers | null, 
/**
 * Everybody's, hosts first and then in the order of coming, at most 500; none: it is not mine to see.
 */
all: Array<LivePersonNumbers> | null, 
/**
 * Everybody named.
 */
people: Array<Person>, };

export type LiveOutcome = "decision" | "asks" | "none";

export type LivePerson = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * What they may do.
 */
role: LiveRole, 
/**
 * Since when their hand is up.
 */
hand_at: Timestamp | null, 
/**
 * Whether they are in now, with one device or several.
 */
is_in: boolean, 
/**
 * In which smaller room they are meant to be; none: in the large one.
 */
breakout_id: BreakoutId | null, };

export type LivePersonNumbers = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * From when to when they were in; less than a minute between two times counts as none. At most 100.
 */
stays: Array<LiveStay>, 
/**
 * Seconds that they were in.
 */
stayed_s: number, 
/**
 * Seconds that they spoke; 0 where it is not counted.
 */
spoke_s: number, };

export type LivePlace = "here" | "elsewhere" | "nowhere";

export type LivePoint = { 
/**
 * One line of up to 200 characters.
 */
title: string, 
/**
 * How long it should take, 1 to 240; none: as long as it takes.
 */
minutes?: number | null, };

export type LiveRang = { 
/**
 * The session.
 */
live_id: LiveId, 
/**
 * Where it takes place.
 */
channel_id: ChannelId, 
/**
 * Who waits there.
 */
person_id: PersonId, };

export type LiveRole = "host" | "speaker" | "listener";

export type LiveRoom = { 
/**
 * The session.
 */
live_id: LiveId, 
/**
 * Which of its smaller rooms; none: the large one.
 */
breakout_id: BreakoutId | null, 
/**
 * Where it takes place.
 */
channel_id: ChannelId, 
/**
 * What that is called; empty for private channels and direct conversations.
 */
channel_name: string, 
/**
 * What kind it is.
 */
channel_kind: ChannelKind, 
/**
 * What its space is called; empty for a direct conversation.
 */
space_name: string, 
/**
 * Since when the room is there.
 */
since: Timestamp, 
/**
 * Who is in it, devices counted.
 */
n_people: number, 
/**
 * Packets that come in each second.
 */
packets_in_per_s: number, 
/**
 * Packets that go out each second.
 */
packets_out_per_s: number, 
/**
 * How much of what people send does not arrive here, in thousandths.
 */
lost_up_permille: number, 
/**
 * How much of what is sent to them does not arrive there, in thousandths.
 */
lost_down_permille: number, 
/**
 * There and back, in milliseconds: as many are slower as are faster.
 */
round_trip_ms: number, 
/**
 * There and back for the slowest, in milliseconds.
 */
longest_round_trip_ms: number, 
/**
 * Whose packets go over TCP.
 */
n_tcp: number, 
/**
 * Whose packets go over a relay.
 */
n_relayed: number, 
/**
 * Who goes without some picture, because their line does not hold it.
 */
n_paused: number, };

export type LiveRooms = { 
/**
 * Where they run; only of those here something is known.
 */
place: LivePlace, 
/**
 * The rooms in which a session goes on, the fullest first, at most 200.
 */
rooms: Array<LiveRoom>, };

export type LiveRoster = "all" | "changed" | "ask";

export type LiveSession = { 
/**
 * Its id, which is the name of its room too.
 */
id: LiveId, 
/**
 * Where it takes place.
 */
channel_id: ChannelId, 
/**
 * In which topic; none: in the channel's stream.
 */
topic_id: TopicId | null, 
/**
 * The topic in which stands what is said beside it: the one in which it began, or one of its own.
 */
backchannel_id: TopicId | null, 
/**
 * Under which message; its text says what it is about.
 */
message_id: MessageId, 
/**
 * Who went live.
 */
started_by: PersonId, 
/**
 * When.
 */
started_at: Timestamp, 
/**
 * Since when others can come in; none: those who host prepare it.
 */
opened_at: Timestamp | null, 
/**
 * What whoever comes in is, before somebody changes it.
 */
usual_role: LiveRole, 
/**
 * Whether nobody new comes in.
 */
is_locked: boolean, 
/**
 * How the stage is arranged for all.
 */
layout: LiveLayout, 
/**
 * Whose picture stands large for all.
 */
pinned_id: PersonId | null, 
/**
 * Who interprets, in signs or another language: their pictures stand on the stage for everybody. At most two; in the
 * list of what is live now they are not named.
 */
interpreters: Array<PersonId>, 
/**
 * Which point of the agenda it is, counted from 0.
 */
point: number | null, 
/**
 * Since when.
 */
point_at: Timestamp | null, 
/**
 * How many smaller rooms are open.
 */
n_breakouts: number, 
/**
 * Whether everybody chooses their room.
 */
may_choose: boolean, 
/**
 * When all come back from the smaller rooms.
 */
breakouts_until: Timestamp | null, 
/**
 * Whether those who host it are told who was in for how long and who spoke how long, as the charter of the channel said
 * when it began.
 */
tells_hosts: boolean, 
/**
 * Goes up when its title, its agenda or the name of a room changes: these are in the view and in no event.
 */
revision: number, 
/**
 * When it ended.
 */
ended_at: Timestamp | null, 
/**
 * What came of it; none when it ended by itself, and while it lasts.
 */
outcome: LiveOutcome | null, 
/**
 * The decision with which it ended.
 */
decision: LiveDecision | null, 
/**
 * Who is or was in: hosts first, then hands in the order in which they went up, then in the order of coming.
 * At most 500.
 */
people: Array<LivePerson>, 
/**
 * How many are in.
 */
n_in: number, 
/**
 * How many were in at any time.
 */
n_came: number, 
/**
 * Minutes that all together spent in it, until the last change.
 */
person_minutes: number, };

export type LiveStay = { 
/**
 * Since when.
 */
came_at: Timestamp, 
/**
 * Until when; none: they are in.
 */
left_at: Timestamp | null, };

export type LiveTest = { 
/**
 * Where a LiveKit client connects; none: to this server's own origin.
 */
url: string | null, 
/**
 * The token of the place that sends.
 */
sends: string, 
/**
 * The token of the place that hears.
 */
hears: string, };

export type LiveTicket = { 
/**
 * The session, with me in it.
 */
session: LiveSession, 
/**
 * Everybody named in it.
 */
people: Array<Person>, 
/**
 * Where a LiveKit client connects; none: to this server's own origin.
 */
url: string | null, 
/**
 * In which smaller room I am let in; none: in the large one.
 */
breakout_id: BreakoutId | null, 
/**
 * The token that it shows there within ten minutes.
 */
token: string, 
/**
 * My place in the room.
 */
identity: string, };

export type LiveView = { 
/**
 * The session.
 */
session: LiveSession, 
/**
 * What it is about, in one line; empty: its topic is gone.
 */
title: string, 
/**
 * What is to be spoken about, in order.
 */
agenda: Array<LivePoint>, 
/**
 * The smaller rooms.
 */
breakouts: Array<LiveBreakout>, 
/**
 * Smaller rooms that are closed and whose notes nobody could post in the topic: they are still read one by one.
 */
kept: Array<LiveBreakout>, 
/**
 * Whether I am asked about its decision because I was absent, and can object while it is provisional.
 */
may_object: boolean, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type LostMail = { 
/**
 * `reset`, `invitation` and others.
 */
kind: string, 
/**
 * To whom.
 */
email: string, 
/**
 * When it was given up.
 */
at: Timestamp, 
/**
 * Why.
 */
trouble: MailTrouble, };

export type MailChoice = { 
/**
 * From now on.
 */
way: MailWay, };

export type MailInvitation = { 
/**
 * Of whoever is invited.
 */
email: string, };

export type MailRelay = { 
/**
 * `host:port`.
 */
address: string, 
/**
 * Who the mail comes from.
 */
from: string, };

export type MailState = { 
/**
 * Null: this server sends no mail.
 */
relay: MailRelay | null, 
/**
 * Letters that are not settled.
 */
n_waiting: number, 
/**
 * What was given up in the last week, the newest first.
 */
lost: Array<LostMail>, };

export type MailTested = { 
/**
 * Null: the relay took it.
 */
trouble: MailTrouble | null, 
/**
 * What the relay said when it took it.
 */
answer: string | null, };

export type MailTrouble = { 
/**
 * `unreachable`, `tls`, `login`, `refused`, `later`, `timeout`, `broken`, `unsure`, `unfit` or `useless`.
 */
code: string, 
/**
 * What the relay said in its own words, if it said anything.
 */
answer: string | null, };

export type MailWay = "nothing" | "release" | "day" | "single";

export type Me = { 
/**
 * In lower case.
 */
email: string, 
/**
 * They have seen the first run.
 */
onboarded: boolean, 
/**
 * Who.
 */
id: PersonId, 
/**
 * At most 80 characters, cleaned.
 */
name: string, 
/**
 * How to say the name.
 */
pronunciation: string | null, 
/**
 * `/api/pictures/<hash>`.
 */
picture: string | null, 
/**
 * IANA name.
 */
time_zone: string, 
/**
 * BCP 47 tag.
 */
language: string, 
/**
 * In the workspace.
 */
role: Role, 
/**
 * They cannot sign in, and what they wrote stays.
 */
deactivated: boolean, 
/**
 * It is no person: a hook or a program speaks. Absent for people.
 */
bot?: boolean, 
/**
 * They came by a guest link into one channel and have no account. Absent for others.
 */
link_guest?: boolean, 
/**
 * What they say about now; absent for nothing. It is nothing from its `until` on.
 */
status?: Status, };

export type MeChange = { name?: string, 
/**
 * Null takes it away.
 */
pronunciation?: string | null, time_zone?: string, language?: string, 
/**
 * Only true.
 */
onboarded?: boolean, };

export type MeChanged = { 
/**
 * As it is now.
 */
me: Me, };

export type Meeting = { 
/**
 * Its id.
 */
id: MeetingId, 
/**
 * What it is called.
 */
title: string, 
/**
 * What should be different after it; may be empty.
 */
outcome: string, 
/**
 * What it is for.
 */
aim: MeetingAim, 
/**
 * What is talked about, in order.
 */
agenda: Array<string>, 
/**
 * Why it is not written instead; may be empty.
 */
reason: string, 
/**
 * The channel to which it belongs.
 */
channel_id: ChannelId | null, 
/**
 * The topic of that channel.
 */
topic_id: TopicId | null, 
/**
 * The space to which it belongs, where it belongs to no channel.
 */
space_id: SpaceId | null, 
/**
 * Who made it.
 */
created_by: PersonId, 
/**
 * When it begins.
 */
starts_at: Timestamp, 
/**
 * When it ends.
 */
ends_at: Timestamp, 
/**
 * The zone in which its time was said.
 */
time_zone: string, 
/**
 * The series to which it belongs.
 */
series: InSeries | null, 
/**
 * Whether it was called off.
 */
is_canceled: boolean, 
/**
 * Of the last change; the first is 1.
 */
revision: number, 
/**
 * Who is invited, the maker first.
 */
people: Array<MeetingPerson>, };

export type MeetingAim = "inform" | "status" | "decide" | "explore" | "sensitive" | "bond" | "crisis" | "one_to_one" | "office_hours";

export type MeetingAnswer = "open" | "yes" | "no" | "later";

export type MeetingCost = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * When it begins on their wall.
 */
starts: string, 
/**
 * How much of it lies outside of their work, in minutes.
 */
outside_minutes: number, 
/**
 * Whether it costs them sleep: it touches the time from 22 to 7 on their clock.
 */
is_night: boolean, 
/**
 * Whether they are on leave then.
 */
is_away: boolean, 
/**
 * Whether they have another meeting then.
 */
is_busy: boolean, 
/**
 * Why they would have to agree.
 */
refusal: MeetingRefusal | null, };

export type MeetingFeed = { 
/**
 * For another calendar, as iCalendar.
 */
url: string, };

export type MeetingGuest = { 
/**
 * Their id.
 */
id: MeetingGuestId, 
/**
 * As whoever invited them wrote it; may be empty.
 */
name: string, 
/**
 * Where they are written to; for whoever may change the meeting.
 */
address: string | null, 
/**
 * What they said.
 */
answer: MeetingAnswer, };

export type MeetingGuestId = string;

export type MeetingHours = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * Beginning and end of each stretch of work.
 */
work: Array<[Timestamp, Timestamp]>, 
/**
 * Of each stretch of days without meetings.
 */
no_meetings: Array<[Timestamp, Timestamp]>, 
/**
 * Of each stretch of time to think.
 */
focus: Array<[Timestamp, Timestamp]>, };

export type MeetingId = string;

export type MeetingPage = { 
/**
 * Up to 200.
 */
items: Array<Meeting>, 
/**
 * Everybody named in them.
 */
people: Array<Person>, 
/**
 * There are more: ask again with this as `after`.
 */
next: MeetingId | null, };

export type MeetingPerson = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * Whether it makes no sense without them.
 */
is_required: boolean, 
/**
 * What they said.
 */
answer: MeetingAnswer, 
/**
 * Whether it waits for their consent: it lies on a day without meetings, or in their time to think.
 */
is_asked: boolean, };

export type MeetingPreview = { 
/**
 * When it begins.
 */
starts_at: Timestamp, 
/**
 * When it ends.
 */
ends_at: Timestamp, 
/**
 * The time of all together, in minutes.
 */
person_minutes: number, 
/**
 * In a year, where that says something.
 */
yearly_minutes: number | null, 
/**
 * Whether it should be written instead, unless a sentence says why not and the agenda has an item.
 */
is_gated: boolean, 
/**
 * By when all could have answered, if it were written.
 */
written_by: Timestamp | null, 
/**
 * What it asks of each, the maker first.
 */
costs: Array<MeetingCost>, 
/**
 * Of a series at always the same time: whose hour changes on the way, in order, up to 20.
 */
shifts: Array<MeetingShift>, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type MeetingRefusal = "no_meeting_day" | "focus";

export type MeetingSettingsView = { 
/**
 * Whether I may be asked from 22 to 7 on my clock.
 */
accepts_nights: boolean, 
/**
 * Whether there is a link to my calendar.
 */
has_feed: boolean, 
/**
 * Whether I get invitations also by mail; null where this server sends none.
 */
by_mail: boolean | null, 
/**
 * How many minutes before a meeting to which I come I am told; 0: not at all.
 */
remind_min: number, };

export type MeetingShift = { 
/**
 * Whose clock.
 */
person_id: PersonId, 
/**
 * When that meeting begins on their wall.
 */
starts: string, };

export type MeetingSlot = { 
/**
 * When it begins.
 */
starts_at: Timestamp, 
/**
 * When it ends.
 */
ends_at: Timestamp, 
/**
 * Whom it asks for time outside of their work.
 */
asked: Array<MeetingCost>, 
/**
 * Who is invited if they like, and cannot.
 */
missing: Array<PersonId>, };

export type MeetingTime = { 
/**
 * On the wall, `2026-11-24T16:30`.
 */
starts: string, 
/**
 * How long: 5 to 720 minutes.
 */
minutes: number, 
/**
 * Where that wall stands, as an IANA zone.
 */
time_zone: string, };

export type MeetingTold = { 
/**
 * Which.
 */
meeting_id: MeetingId, 
/**
 * When it begins.
 */
starts_at: Timestamp, 
/**
 * When it ends.
 */
ends_at: Timestamp, 
/**
 * Of the change.
 */
revision: number, 
/**
 * Whether I am asked to answer.
 */
is_asking: boolean, };

export type MeetingView = { 
/**
 * The meeting.
 */
meeting: Meeting, 
/**
 * Everybody named in it.
 */
people: Array<Person>, 
/**
 * People outside who are invited, to all of a series.
 */
guests: Array<MeetingGuest>, 
/**
 * Whether I may move it and call it off.
 */
can_change: boolean, 
/**
 * It should rather be written down; for whoever may change it.
 */
park: ParkHint | null, };

export type MeetingWords = { 
/**
 * 1 to 120 characters.
 */
title: string, 
/**
 * What should be different after it; up to 500 characters.
 */
outcome: string, 
/**
 * What it is for.
 */
aim: MeetingAim, 
/**
 * What is talked about; up to 20 items of 200 characters.
 */
agenda: Array<string>, 
/**
 * Why it is not written instead; up to 300 characters.
 */
reason: string, };

export type MergeQuestion = { 
/**
 * The question that stays.
 */
into_id: QuestionId, };

export type MergeTopic = { 
/**
 * A topic of the same channel.
 */
into_id: TopicId, };

export type Message = { 
/**
 * Made by the sender.
 */
id: MessageId, 
/**
 * Where it stands.
 */
channel_id: ChannelId, 
/**
 * Its place in the channel's log.
 */
seq: Seq, 
/**
 * The topic that it belongs to; null in the stream.
 */
topic_id: TopicId | null, 
/**
 * Who wrote it.
 */
author_id: PersonId, 
/**
 * When.
 */
at: Timestamp, 
/**
 * CommonMark as it was typed; empty when deleted, and may be when there are files.
 */
text: string, 
/**
 * Its markup; null for plain text.
 */
tree: Array<Node> | null, 
/**
 * When it was last edited.
 */
edited_at: Timestamp | null, 
/**
 * Whether it was deleted; the place stays.
 */
deleted: boolean, 
/**
 * Deleted by somebody who looks after the channel.
 */
removed?: Removed, 
/**
 * What it carries, in order.
 */
files: Array<Attachment>, 
/**
 * What it answers to.
 */
quote: Quote | null, 
/**
 * In the order of their first use.
 */
reactions: Array<Reaction>, 
/**
 * The topic that began here.
 */
topic: Topic | null, 
/**
 * What it carries on from elsewhere.
 */
forward: Forward | null, 
/**
 * What another slice has put under it.
 */
card: Card | null, 
/**
 * Whether it is pinned in its channel.
 */
pinned: boolean, 
/**
 * Whether I keep it for later; only in pages.
 */
saved?: boolean, };

export type MessageCards = { 
/**
 * Which message.
 */
message_id: MessageId, 
/**
 * In the order of its links; up to three.
 */
cards: Array<LinkCard>, };

export type MessageDeleted = { 
/**
 * Which.
 */
message_id: MessageId, 
/**
 * Its place.
 */
seq: Seq, 
/**
 * Its topic; null in the stream.
 */
topic_id: TopicId | null, 
/**
 * That topic with its new counts.
 */
topic: Topic | null, 
/**
 * By somebody who looks after the channel; absent when its author deleted it.
 */
removed?: Removed, 
/**
 * By the rule for how long messages stay, and by nobody; absent otherwise.
 */
by_rule?: boolean, };

export type MessageEdited = { 
/**
 * The message as it is now, without reactions and topic.
 */
message: Message, 
/**
 * The groups that it names; absent when there are none.
 */
groups?: Array<GroupName>, };

export type MessageHeld = { 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Which.
 */
message_id: MessageId, 
/**
 * For whom.
 */
person_id: PersonId, 
/**
 * Until when they are not told of it. They see it before if they look.
 */
until: Timestamp, 
/**
 * Where they are, as an IANA zone.
 */
time_zone: string, };

export type MessageId = string;

export type MessagePage = { 
/**
 * Which channel.
 */
channel_id: ChannelId, 
/**
 * Which topic; null for the stream.
 */
topic_id: TopicId | null, 
/**
 * Oldest first.
 */
messages: Array<Message>, 
/**
 * Whether there are older ones.
 */
has_older: boolean, 
/**
 * Whether there are newer ones.
 */
has_newer: boolean, 
/**
 * The head of the channel's log for which this is true.
 */
seq: Seq, 
/**
 * Everybody named in it.
 */
people: Array<Person>, 
/**
 * The groups named in it; absent when there are none.
 */
groups?: Array<GroupName>, };

export type MessagePlace = { 
/**
 * The channel.
 */
channel_id: ChannelId, 
/**
 * The topic; null for the stream.
 */
topic_id: TopicId | null, 
/**
 * The place in the channel's log.
 */
seq: Seq, };

export type MessagePosted = { 
/**
 * The message, without reactions and topic.
 */
message: Message, 
/**
 * The topic into which it went, with its new counts.
 */
topic: Topic | null, 
/**
 * Whether it calls everybody in the channel.
 */
everyone: boolean, 
/**
 * The groups that it names; absent when there are none.
 */
groups?: Array<GroupName>, 
/**
 * Whom these groups call, at this moment; absent when nobody is called by a group.
 */
called?: Array<PersonId>, };

export type MessageRemoved = { 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * In which topic; null for the stream.
 */
topic_id: TopicId | null, 
/**
 * Which.
 */
message_id: MessageId, 
/**
 * Why.
 */
removed: Removed, };

export type MessagesGone = { 
/**
 * Which.
 */
message_ids: Array<MessageId>, 
/**
 * Topics of which nothing is left, titles included.
 */
topic_ids: Array<TopicId>, };

export type MessagesMoved = { 
/**
 * Which; of a merged topic only the one at which it began.
 */
message_ids: Array<MessageId>, 
/**
 * Their places, in the same order.
 */
seqs: Array<Seq>, 
/**
 * Where they were; null for the stream.
 */
from_topic_id: TopicId | null, 
/**
 * Where they are; null for the stream.
 */
to_topic_id: TopicId | null, 
/**
 * The topics concerned, with their new counts.
 */
topics: Array<Topic>, 
/**
 * The topic that went into the other as a whole.
 */
merged_topic_id: TopicId | null, };

export type ModeratedPlace = { 
/**
 * Which channel.
 */
channel_id: ChannelId, 
/**
 * What kind it is.
 */
kind: ChannelKind, 
/**
 * What it is called; null when the reader cannot read it.
 */
name: string | null, 
/**
 * In which topic; null for the stream.
 */
topic_id: TopicId | null, };

export type ModerationState = { 
/**
 * Open reports in the channels that I look after.
 */
n_open_reports: number, };

export type MoveMessages = { 
/**
 * 1 to 100.
 */
message_ids: Array<MessageId>, 
/**
 * Into this topic; absent with `new_topic` absent: to the stream.
 */
topic_id?: TopicId, 
/**
 * Into a new topic, which begins at the first of them.
 */
new_topic?: TopicName, };

export type Moved = { 
/**
 * The topic; null for the stream.
 */
topic: Topic | null, };

export type MyNumbers = { 
/**
 * This one first, and four before it.
 */
weeks: Array<MyWeek>, };

export type MyUrgents = { 
/**
 * At most 20, until I react.
 */
items: Array<Urgent>, 
/**
 * Everybody named in them.
 */
people: Array<Person>, };

export type MyWeek = { 
/**
 * Its Monday, as 2026-11-23.
 */
week: string, 
/**
 * In meetings that I accepted and that are over, minutes.
 */
live_minutes: number, 
/**
 * Of these, outside of my work.
 */
live_outside_minutes: number, 
/**
 * What those asked of me outside of my work, weighed by how far from it they lie, minutes.
 */
burden_minutes: number, 
/**
 * Asks of me that were answered, or whose time is over.
 */
n_asks: number, 
/**
 * Of these, answered by when an answer was expected or promised.
 */
n_answered_in_time: number, 
/**
 * How often I was interrupted in time to think by what I had not let through. It should be 0.
 */
n_interruptions: number, 
/**
 * What I wrote outside of my work.
 */
n_sent_outside_hours: number, 
/**
 * Of these, what waited for the hours of others, or was sent silently.
 */
n_of_those_held: number, 
/**
 * What I sent as urgent.
 */
n_urgent: number, 
/**
 * Of these, what somebody said of that it was not.
 */
n_not_urgent: number, };

export type NewAsk = { 
/**
 * What is wanted.
 */
kind: AskKind, 
/**
 * 1 to 50 people of the channel; empty with `everyone`.
 */
people: Array<PersonId>, 
/**
 * All who are in the channel are asked; only for `read`.
 */
everyone?: boolean, 
/**
 * Of how many; one is enough when nothing is said. Whoever wants something read wants it of all.
 */
needs?: AskNeeds, 
/**
 * By when, from an hour ahead on; else what the charter says there.
 */
by?: Timestamp, };

export type NewBreakout = { 
/**
 * A UUIDv7 of the sender's making.
 */
id: BreakoutId, 
/**
 * One line of up to 200 characters: its name, or the question that is spoken about there.
 */
name: string, 
/**
 * Who is sent there, of those who take part.
 */
people?: Array<PersonId>, };

export type NewChannel = { 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * public, private or announcement.
 */
kind: ChannelKind, 
/**
 * Up to 1,000 characters.
 */
description: string, };

export type NewGroup = { 
/**
 * One word, up to 40 characters.
 */
handle: string, 
/**
 * 1 to 80 characters.
 */
title: string, 
/**
 * The space whose it is; absent: the whole workspace's.
 */
space_id?: SpaceId, 
/**
 * Whether everybody who belongs there may join.
 */
open?: boolean, };

export type NewGuestLink = { 
/**
 * 1 to 200 at the same time.
 */
max_guests: number, 
/**
 * One hour to 30 days, in seconds.
 */
expires_in_s: number, 
/**
 * Whether they read what was said before they came.
 */
whole_history: boolean, 
/**
 * Whether they may bring files, a little of them together.
 */
may_upload: boolean, };

export type NewHold = { 
/**
 * A channel, or a person.
 */
kind: HoldKind, 
/**
 * Which.
 */
subject_id: string, 
/**
 * 1 to 200 characters.
 */
reason: string, };

export type NewIncoming = { 
/**
 * 1 to 80 characters; stands at its messages.
 */
name: string, 
/**
 * A topic of the channel; absent for the stream.
 */
topic_id?: TopicId, };

export type NewInvitation = { 
/**
 * admin, member or guest.
 */
role: Role, 
/**
 * The space that it opens; null for the workspace alone.
 */
space_id: SpaceId | null, 
/**
 * Channels of that space besides its default ones; a guest needs at least one.
 */
channel_ids: Array<ChannelId>, 
/**
 * 1 to 1,000.
 */
max_uses: number, 
/**
 * One hour to 30 days, in seconds.
 */
expires_in_s: number, };

export type NewKnock = { 
/**
 * Chosen by the sender; the same again asks once.
 */
id: string, };

export type NewLiveAsk = { 
/**
 * A UUIDv7 of the sender's making, for the message that asks.
 */
message_id: MessageId, 
/**
 * What is asked: CommonMark, up to 16,384 bytes.
 */
text: string, 
/**
 * 1 to 50 people of the channel; one answer is enough.
 */
people: Array<PersonId>, };

export type NewLiveDecision = { 
/**
 * A UUIDv7 of the sender's making, for the message that says it.
 */
message_id: MessageId, 
/**
 * What was decided, in up to 2,000 characters.
 */
text: string, 
/**
 * Up to 50 people of the channel who were absent: each is asked, and has a working day of their own to object.
 */
absent?: Array<PersonId>, 
/**
 * It cannot wait for anybody: those who were absent are told, and it is final at once.
 */
is_final?: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewLiveNote = { 
/**
 * A UUIDv7 of the sender's making: sending twice writes once.
 */
id: LiveNoteId, 
/**
 * The room; none: to all of them, for hosts.
 */
breakout_id?: BreakoutId | null, 
/**
 * 1 to 2,000 characters, plain.
 */
text: string, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewMeeting = { 
/**
 * A UUIDv7 of the sender's making: sending twice makes one meeting.
 */
id: MeetingId, 
/**
 * What it is about.
 */
words: MeetingWords, 
/**
 * When.
 */
time: MeetingTime, 
/**
 * Who is invited beside its maker; up to 99.
 */
people: Array<Invite>, 
/**
 * People outside who are invited by mail; up to 20.
 */
guests?: Array<InviteGuest>, 
/**
 * It is the first of a series.
 */
repeats?: Repeats, 
/**
 * The channel to which it belongs.
 */
channel_id?: ChannelId, 
/**
 * A topic of that channel.
 */
topic_id?: TopicId, 
/**
 * Or the space.
 */
space_id?: SpaceId, 
/**
 * What came of this question when people can: it is closed by that, and whoever left an address is invited.
 */
time_poll_id?: TimePollId, 
/**
 * Asks those for consent on whose day without meetings, or in whose time to think, it lies.
 */
asks?: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewMessage = { 
/**
 * A UUIDv7 of the sender's making: sending twice posts once.
 */
id: MessageId, 
/**
 * CommonMark, up to 16,384 bytes; empty only beside files.
 */
text: string, 
/**
 * Up to ten files of the sender that are not posted yet.
 */
file_ids?: Array<FileId>, 
/**
 * The topic that it belongs to.
 */
topic_id?: TopicId, 
/**
 * A message of the same channel that it answers to.
 */
quote_id?: MessageId, 
/**
 * A message of any channel that I may read, which it carries on; then the text may be empty.
 */
forward_id?: MessageId, 
/**
 * Agrees to call everybody, or the groups that are named.
 */
everyone_ok?: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewOutgoing = { 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * A public https or http address.
 */
url: string, 
/**
 * One at least.
 */
events: Array<HookEvent>, };

export type NewPoll = { 
/**
 * A UUIDv7 of the sender's making: sending twice begins one poll.
 */
id: PollId, 
/**
 * The same for the message under which it stands.
 */
message_id: MessageId, 
/**
 * The topic in which it is asked.
 */
topic_id?: TopicId, 
/**
 * The text of the message: CommonMark, up to 16,384 bytes.
 */
question: string, 
/**
 * 2 to 12 different answers of up to 200 characters, where one chooses among answers; else none.
 */
options?: Array<string>, 
/**
 * What one does in it.
 */
kind?: PollKind, 
/**
 * Of a scale, and of nothing else.
 */
scale?: Scale, 
/**
 * Whether nobody sees who chose what.
 */
anonymous?: boolean, 
/**
 * Whether one sees how it stands only once one has voted, or when it is closed.
 */
hidden?: boolean, 
/**
 * When it closes by itself, within a year.
 */
closes_at?: Timestamp, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewQuestion = { 
/**
 * A UUIDv7 of the asker's making: sending twice asks once.
 */
id: QuestionId, 
/**
 * One line of up to 500 characters.
 */
text: string, 
/**
 * Without a name, where the board allows it.
 */
anonymous?: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewQuestions = { 
/**
 * A UUIDv7 of the sender's making: sending twice begins one board.
 */
id: QuestionsId, 
/**
 * The same for the message under which it stands.
 */
message_id: MessageId, 
/**
 * The topic in which they are collected.
 */
topic_id?: TopicId, 
/**
 * The text of the message: CommonMark, up to 16,384 bytes.
 */
about: string, 
/**
 * Whether a question waits until a moderator lets it out.
 */
moderated?: boolean, 
/**
 * Whether one may ask without a name.
 */
anonymous?: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewReminder = { 
/**
 * Of my making; the same id again makes no second one.
 */
id: ReminderId, 
/**
 * Of which message.
 */
message_id: MessageId, 
/**
 * When, at most 400 days ahead.
 */
due_at: Timestamp, 
/**
 * For myself: one line of up to 280 characters.
 */
note: string, };

export type NewReport = { 
/**
 * Why.
 */
reason: Reason, 
/**
 * Up to 500 characters, for those who look after the channel.
 */
note?: string, };

export type NewRoutine = { 
/**
 * Of my making; the same id again makes no second one.
 */
id: RoutineId, 
/**
 * What comes back.
 */
kind: RoutineKind, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * In which topic; for posts only. Null: in the stream.
 */
topic_id?: TopicId, 
/**
 * What it says, or asks.
 */
text: string, 
/**
 * When.
 */
rhythm: Rhythm, 
/**
 * On whose clock, an IANA name; for posts only: a question comes on each person's own.
 */
time_zone?: string, 
/**
 * Agrees to call everybody, or the groups that it names, each time.
 */
everyone_ok?: boolean, 
/**
 * Says what the word list asks about all the same.
 */
words_ok?: boolean, };

export type NewScheduled = { 
/**
 * Of the sender's making; it becomes the message's id. The same id again schedules nothing twice.
 */
id: MessageId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * In which topic; null: in the stream.
 */
topic_id?: TopicId, 
/**
 * What it answers to.
 */
quote_id?: MessageId, 
/**
 * Up to 16,384 bytes; may be empty beside files.
 */
text: string, 
/**
 * My files that go with it; they are kept until then.
 */
file_ids?: Array<FileId>, 
/**
 * When; null, in a direct conversation: when work begins for the others.
 */
due_at: Timestamp | null, 
/**
 * Agrees to call everybody, or the groups that it names.
 */
everyone_ok?: boolean, 
/**
 * Says what the word list asks about all the same.
 */
words_ok?: boolean, };

export type NewSpace = { 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * What it is for.
 */
kind: SpaceKind, 
/**
 * Up to 1,000 characters.
 */
description: string, 
/**
 * Whether every member of the workspace may join.
 */
open: boolean, };

export type NewThanks = { 
/**
 * A UUIDv7 of the sender's making for the message: sending twice says it once.
 */
message_id: MessageId, 
/**
 * The topic in which it is said.
 */
topic_id?: TopicId, 
/**
 * 1 to 10 others who may read the channel.
 */
people: Array<PersonId>, 
/**
 * The text of the message: CommonMark, up to 1,000 characters.
 */
text: string, 
/**
 * Whether it may be told again where the space gathers thanks.
 */
may_gather?: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewTimePoll = { 
/**
 * A UUIDv7 of the sender's making: sending twice asks once.
 */
id: TimePollId, 
/**
 * 1 to 120 characters.
 */
title: string, 
/**
 * What it is about; up to 500 characters.
 */
about?: string, 
/**
 * How long it would be: 5 to 720 minutes.
 */
minutes: number, 
/**
 * Where the wall of its times stands, as an IANA zone.
 */
time_zone: string, 
/**
 * When it could begin, `2026-11-24T16:30`: 2 to 20 times, all of them still to come.
 */
starts: Array<string>, 
/**
 * Until when it is answered: within 60 days, and before the last of its times.
 */
ends_at: Timestamp, 
/**
 * Who is asked here, beside its maker; up to 99.
 */
people?: Array<PersonId>, 
/**
 * The channel to which it belongs.
 */
channel_id?: ChannelId, 
/**
 * Whether those who answer see one another's names.
 */
shows_names?: boolean, 
/**
 * Asks also about times on a day without meetings, or in somebody's time to think (`meeting-refused`).
 */
asks?: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewTopic = { 
/**
 * A UUIDv7 of the sender's making: sending twice begins one topic.
 */
id: TopicId, 
/**
 * 1 to 200 characters.
 */
title: string, 
/**
 * The message at which it begins.
 */
origin_id?: MessageId, 
/**
 * Or the message that begins it.
 */
message?: FirstMessage, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type NewUrgent = { 
/**
 * A UUIDv7 of the sender's making: sending twice sends once.
 */
id: UrgentId, 
/**
 * The same for the message under which it stands.
 */
message_id: MessageId, 
/**
 * The topic in which it is said.
 */
topic_id?: TopicId, 
/**
 * The text of the message: CommonMark, up to 16,384 bytes.
 */
text: string, 
/**
 * Why it cannot wait.
 */
kind: UrgentKind, 
/**
 * The same in one line of up to 140 characters; needed where the kind is `other`.
 */
reason?: string, 
/**
 * Whom to call at once; at most five.
 */
people?: Array<PersonId>, 
/**
 * And whoever is on call in the space.
 */
on_call?: boolean, 
/**
 * And after them the chain of the space.
 */
chain?: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type Node =
  | string
  | { t: "p" | "quote" | "ul" | "li" | "table" | "row" | "b" | "i" | "s" | "spoiler" | "notes", c?: Array<Node> }
  | { t: "ol", start?: number, c?: Array<Node> }
  | { t: "task", done: boolean, c?: Array<Node> }
  | { t: "h", level: number, c?: Array<Node> }
  | { t: "pre", lang?: string, text: string }
  | { t: "cell", head?: boolean, align?: "left" | "center" | "right", c?: Array<Node> }
  | { t: "code", text: string }
  | { t: "math", text: string, block?: boolean }
  | { t: "noteref", n: number }
  | { t: "a", href: string, c?: Array<Node> }
  | { t: "person", id: PersonId }
  | { t: "group", id: GroupId }
  | { t: "hr" | "br" | "everyone" };

export type Notice = { 
/**
 * By which message.
 */
message_id: MessageId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * In which topic; null in the stream.
 */
topic_id: TopicId | null, 
/**
 * Who wrote it.
 */
author_id: PersonId, 
/**
 * Why I am told.
 */
cause: NoticeCause, 
/**
 * When it was said.
 */
at: Timestamp, 
/**
 * Until when an answer is expected of me.
 */
due_at: Timestamp | null, 
/**
 * Whether it was sent as urgent.
 */
urgent: boolean, };

export type NoticeCause = "direct" | "mention" | "everyone" | "reply" | "reminder" | "check_in" | "posted" | "asked_back" | "passed_on" | "wished" | "thanks";

export type NoticeReleased = { 
/**
 * Of this telling.
 */
release_id: string, 
/**
 * The first of them, asks first; up to 20.
 */
items: Array<Notice>, 
/**
 * How many they are.
 */
n: number, 
/**
 * The device that tells it, while the others stay still; null: each.
 */
device_in_use: SessionId | null, };

export type NumbersPolicy = { 
/**
 * 5 to 1,000, and not fewer than before.
 */
k: number, };

export type NumbersTeam = { 
/**
 * Which.
 */
id: string, 
/**
 * What it is.
 */
kind: TeamKind, 
/**
 * What it is called.
 */
name: string, 
/**
 * The last one first; up to 13.
 */
weeks: Array<TeamWeek>, };

export type ObjectLive = { 
/**
 * A UUIDv7 of the sender's making, for the message that says it.
 */
message_id: MessageId, 
/**
 * Why: CommonMark, up to 16,384 bytes.
 */
text: string, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type Office = { 
/**
 * Its id.
 */
id: OfficeId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Under which message; its text says what it is about.
 */
message_id: MessageId, 
/**
 * Who receives.
 */
host_id: PersonId, 
/**
 * How long for each.
 */
minutes: number, 
/**
 * Since when.
 */
opened_at: Timestamp, 
/**
 * Until when.
 */
until_at: Timestamp, 
/**
 * When it goes on, while whoever receives is away.
 */
later_at: Timestamp | null, 
/**
 * When it was over.
 */
ended_at: Timestamp | null, 
/**
 * How many wait.
 */
n_waiting: number, 
/**
 * Whether somebody is called, or inside.
 */
is_busy: boolean, };

export type OfficeChanged = { 
/**
 * The office hours.
 */
office: Office, };

export type OfficeId = string;

export type OfficePlace = { 
/**
 * Whose.
 */
person_id: PersonId, 
/**
 * What it is about, in up to 280 characters.
 */
about: string, 
/**
 * Whether they are told by a reminder when they are next, and when it gets later.
 */
tells: boolean, 
/**
 * 1 is next; 0: called, or inside.
 */
position: number, 
/**
 * When it is their turn.
 */
promised_at: Timestamp, 
/**
 * What was promised before it moved.
 */
was_at: Timestamp | null, 
/**
 * Whether that is after the end of the office hours: it may not come to it.
 */
is_after_end: boolean, 
/**
 * How often they were called and did not come.
 */
n_missed: number, 
/**
 * Since when they are called.
 */
called_at: Timestamp | null, 
/**
 * Since when they are inside.
 */
arrived_at: Timestamp | null, 
/**
 * The session between the two, while they are called.
 */
live_id: LiveId | null, 
/**
 * In which direct conversation.
 */
live_channel_id: ChannelId | null, };

export type OfficeTold = { 
/**
 * The office hours.
 */
office_id: OfficeId, 
/**
 * Where they are.
 */
channel_id: ChannelId, 
/**
 * What became of the place.
 */
word: OfficeWord, 
/**
 * When it is their turn.
 */
promised_at: Timestamp, };

export type OfficeView = { 
/**
 * How they stand.
 */
office: Office, 
/**
 * My place.
 */
mine: OfficePlace | null, 
/**
 * All places in order, for whoever receives.
 */
queue: Array<OfficePlace> | null, 
/**
 * When it would be the turn of whoever takes a place now; none: nobody can any more.
 */
next_at: Timestamp | null, 
/**
 * Everybody named.
 */
people: Array<Person>, };

export type OfficeWord = "later" | "earlier" | "next" | "called" | "missed" | "removed" | "ended";

export type OidcBack = { 
/**
 * To be traded for a token.
 */
code: string, 
/**
 * What was begun.
 */
state: string, 
/**
 * Who says that it answers (RFC 9207).
 */
iss?: string, };

export type OidcBegin = { 
/**
 * The token of an invitation, for somebody new.
 */
invitation: string | null, 
/**
 * IANA zone, for somebody new.
 */
time_zone: string, 
/**
 * BCP 47 tag, for somebody new.
 */
language: string, };

export type OidcBegun = { 
/**
 * At the other server.
 */
url: string, };

export type OidcDone = { 
/**
 * Who came in; null: an account was tied to the other server, or somebody proved there that it is them.
 */
me: Me | null, };

export type OpenBreakouts = { 
/**
 * 1 to 30.
 */
rooms: Array<NewBreakout>, 
/**
 * Whether everybody chooses their room.
 */
may_choose?: boolean, 
/**
 * After how many minutes all come back by themselves, 1 to 240; none: when they are called.
 */
minutes?: number | null, };

export type OpenOffice = { 
/**
 * A UUIDv7 of the sender's making: sending twice opens one.
 */
id: OfficeId, 
/**
 * The same for the message under which it stands.
 */
message_id: MessageId, 
/**
 * What it is about: the text of the message, CommonMark, up to 16,384 bytes.
 */
about: string, 
/**
 * How long for each, 1 to 120.
 */
minutes: number, 
/**
 * Until when, within 12 hours.
 */
until_at: Timestamp, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type OpenPoll = { 
/**
 * A UUIDv7 of the sender's making for the message under which it will stand.
 */
message_id: MessageId, 
/**
 * The topic in which it is asked.
 */
topic_id?: TopicId, };

export type Outcome = "removed" | "dismissed";

export type OutgoingHook = { 
/**
 * Its id.
 */
id: HookId, 
/**
 * What it tells of.
 */
channel_id: ChannelId, 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * Where it sends.
 */
url: string, 
/**
 * Which events.
 */
events: Array<HookEvent>, 
/**
 * Who made it, and whose rights it has.
 */
created_by: PersonId, 
/**
 * When.
 */
created_at: Timestamp, 
/**
 * Since when nothing arrives.
 */
failing_since: Timestamp | null, 
/**
 * Since when it is switched off.
 */
disabled_at: Timestamp | null, 
/**
 * Why, when it switched itself off.
 */
disabled_why: string | null, 
/**
 * Events that wait.
 */
n_waiting: number, };

export type OutgoingMade = { 
/**
 * The hook.
 */
hook: OutgoingHook, 
/**
 * Signs what is sent: `whsec_…`.
 */
secret: string, };

export type OwnHours = { 
/**
 * When they work; up to 64 lines.
 */
work: Array<WeekLine>, 
/**
 * When nothing interrupts them; null: always but when they work.
 */
quiet: Array<WeekLine> | null, 
/**
 * Time to think, each week.
 */
focus: Array<WeekLine>, 
/**
 * Who gets through to them then; up to 50 people.
 */
focus_allowed: Array<PersonId>, 
/**
 * Leave, half days, a Saturday for once; up to 200.
 */
days_off: Array<DayOff>, 
/**
 * Whose public holidays are days off, such as `DE-BY`; null: no one's.
 */
holidays: string | null, 
/**
 * Public holidays on which they work all the same; up to 100.
 */
holidays_worked: Array<string>, 
/**
 * How often they are told of what can wait.
 */
profile: Profile, 
/**
 * Whether what is urgent may ring in their quiet.
 */
urgent_rings: boolean, };

export type OwnIdentity = { 
/**
 * What people call that server.
 */
name: string, 
/**
 * Since when the account is tied to it.
 */
since: Timestamp, };

export type OwnOutside = { 
/**
 * Their name.
 */
name: string, 
/**
 * The address that they left; empty when they left none, or when nothing is open any more.
 */
address: string, 
/**
 * To each time, in its order.
 */
choices: Array<TimeChoice>, };

export type OwnPasskey = { 
/**
 * For renaming and removing it.
 */
id: string, 
/**
 * What its person calls it.
 */
name: string, 
/**
 * When it was added.
 */
since: Timestamp, 
/**
 * When it last opened something.
 */
used_at: Timestamp | null, 
/**
 * Its counter went back: there may be a copy of it.
 */
suspect: boolean, };

export type OwnReport = { 
/**
 * Which.
 */
message_id: MessageId, 
/**
 * Where it stands.
 */
channel_id: ChannelId, 
/**
 * Why.
 */
reason: Reason, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Whether somebody has seen to it. What they decided is told to nobody else.
 */
handled: boolean, };

export type OwnReportPage = { 
/**
 * The reports.
 */
items: Array<OwnReport>, 
/**
 * The message after which the next page begins; null at the end.
 */
next: MessageId | null, };

export type OwnWays = { 
/**
 * There is one, and this server takes it.
 */
password: boolean, 
/**
 * When the second step was set up.
 */
second_step_since: Timestamp | null, 
/**
 * Recovery codes that are left.
 */
n_recovery_codes: number, 
/**
 * Who the person is at the other server, if their account is tied to it.
 */
identity: OwnIdentity | null, 
/**
 * The role demands a second step.
 */
second_step_needed: boolean, 
/**
 * Nothing grave asks for more at this moment: something better than a password was shown within ten minutes, or there is
 * none and the session is that new.
 */
proven: boolean, 
/**
 * The oldest first; null: this server takes none.
 */
passkeys: Array<OwnPasskey> | null, };

export type Pace = { 
/**
 * In which time.
 */
clock: Clock, 
/**
 * Up to 90 days; from an hour on, urgent from a quarter of an hour on.
 */
minutes: number, };

export type ParkHint = { 
/**
 * Why.
 */
why: ParkWhy, 
/**
 * Who is asleep or away.
 */
people: Array<PersonId>, };

export type ParkWhy = "somebody_is_away" | "no_agenda";

export type PasskeyAnswer = { 
/**
 * From the question.
 */
attempt: string, 
/**
 * `rawId`
 */
credential_id: string, 
/**
 * `response.clientDataJSON`
 */
client_data: string, 
/**
 * `response.authenticatorData`
 */
authenticator_data: string, 
/**
 * `response.signature`
 */
signature: string, 
/**
 * `response.userHandle`: whose the device says it is.
 */
user_handle: string | null, };

export type PasskeyMade = { 
/**
 * From the offer.
 */
attempt: string, 
/**
 * `rawId`
 */
credential_id: string, 
/**
 * `response.clientDataJSON`
 */
client_data: string, 
/**
 * `response.attestationObject`
 */
attestation: string, };

export type PasskeyName = { 
/**
 * At most 80 characters.
 */
name: string, };

export type PasskeyOffer = { 
/**
 * To be given back with the key.
 */
attempt: string, 
/**
 * For `navigator.credentials.create()`, as Web Authentication, 5.4, has it in JSON.
 */
options: PublicKeyCredentialCreationOptionsJSON, };

export type PasskeyQuestion = { 
/**
 * To be given back with the answer.
 */
attempt: string, 
/**
 * For `navigator.credentials.get()`, as Web Authentication, 5.5, has it in JSON.
 */
options: PublicKeyCredentialRequestOptionsJSON, };

export type PasswordChange = { current: string, new: string, };

export type Person = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * At most 80 characters, cleaned.
 */
name: string, 
/**
 * How to say the name.
 */
pronunciation: string | null, 
/**
 * `/api/pictures/<hash>`.
 */
picture: string | null, 
/**
 * IANA name.
 */
time_zone: string, 
/**
 * BCP 47 tag.
 */
language: string, 
/**
 * In the workspace.
 */
role: Role, 
/**
 * They cannot sign in, and what they wrote stays.
 */
deactivated: boolean, 
/**
 * It is no person: a hook or a program speaks. Absent for people.
 */
bot?: boolean, 
/**
 * They came by a guest link into one channel and have no account. Absent for others.
 */
link_guest?: boolean, 
/**
 * What they say about now; absent for nothing. It is nothing from its `until` on.
 */
status?: Status, };

export type PersonEvent = { 
/**
 * As it is now.
 */
person: Person, };

export type PersonHours = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * Where they are, as an IANA zone.
 */
time_zone: string, 
/**
 * Whether they have declared it; else it is the week of the workspace.
 */
is_declared: boolean, 
/**
 * While they work: until when.
 */
until: Timestamp | null, 
/**
 * When they work next, after that; null: not in sight.
 */
next: Timestamp | null, 
/**
 * While they are away.
 */
away: Away | null, 
/**
 * While they think: until when.
 */
focus_until: Timestamp | null, 
/**
 * Their work from yesterday's midnight of theirs on, for nine days: beginning and end of each stretch.
 */
work: Array<[Timestamp, Timestamp]>, };

export type PersonId = string;

export type PersonRoom = { 
/**
 * Who.
 */
person: Person, 
/**
 * Their files in bytes.
 */
n_bytes: number, 
/**
 * How many.
 */
n_files: number, };

export type PersonRoomPage = { 
/**
 * The people.
 */
items: Array<PersonRoom>, 
/**
 * The `before` of the next page.
 */
next: string | null, };

export type Pin = { 
/**
 * The message.
 */
message: Message, 
/**
 * Who pinned it.
 */
pinned_by: PersonId, 
/**
 * When.
 */
pinned_at: Timestamp, };

export type PinChanged = { 
/**
 * Which message.
 */
message_id: MessageId, 
/**
 * Its place.
 */
seq: Seq, 
/**
 * Whether it is pinned now.
 */
pinned: boolean, };

export type Pins = { 
/**
 * The newest pin first; at most 100.
 */
items: Array<Pin>, 
/**
 * Everybody named in it.
 */
people: Array<Person>, 
/**
 * The groups named in it; absent when there are none.
 */
groups?: Array<GroupName>, };

export type PlaceCharter = { 
/**
 * Which.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * Of a channel: in which space; null for a space.
 */
space_id: string | null, 
/**
 * What it says itself.
 */
charter: Charter, };

export type PlaceEvent = { 
/**
 * Which.
 */
channel_id: ChannelId, } | { 
/**
 * Which, and no other field.
 */
channel_id: ChannelId, } | { 
/**
 * Which.
 */
space_id: SpaceId, } | { 
/**
 * Which, and no other field.
 */
space_id: SpaceId, } | { 
/**
 * Which.
 */
channel_id: ChannelId, 
/**
 * Stands on top.
 */
favourite: boolean, 
/**
 * Place among its neighbours.
 */
position: number | null, } | { 
/**
 * Whom.
 */
person_id: PersonId, 
/**
 * Whether I do now.
 */
blocked: boolean, };

export type PlaceLevel = { 
/**
 * Which.
 */
place_id: string, 
/**
 * What it is.
 */
kind: LevelPlace, 
/**
 * What it is called; empty for a direct conversation.
 */
name: string, 
/**
 * The channel that it is, or in which it is; null for a space.
 */
channel_id: ChannelId | null, 
/**
 * How much.
 */
level: ToldLevel, };

export type PlaceLivePerson = { 
/**
 * The smaller room; none: the large one.
 */
breakout_id?: BreakoutId | null, };

export type PlaceRoom = { 
/**
 * Which.
 */
channel_id: ChannelId, 
/**
 * Its space; None for a direct conversation.
 */
space_id: SpaceId | null, 
/**
 * What the space is called; empty for a direct conversation.
 */
space_name: string, 
/**
 * What it is called; empty for private channels and direct conversations.
 */
name: string, 
/**
 * What kind it is.
 */
kind: ChannelKind, 
/**
 * Its files in bytes.
 */
n_bytes: number, 
/**
 * How many.
 */
n_files: number, };

export type PlaceRoomPage = { 
/**
 * The places.
 */
items: Array<PlaceRoom>, 
/**
 * The `before` of the next page.
 */
next: string | null, };

export type Poll = { 
/**
 * Its id.
 */
id: PollId, 
/**
 * Where it stands.
 */
channel_id: ChannelId, 
/**
 * Under which message; its text is the question.
 */
message_id: MessageId, 
/**
 * Who asks.
 */
created_by: PersonId, 
/**
 * What one does in it.
 */
kind: PollKind, 
/**
 * The answers, in order; of words up to 200, the most written first, and only for whom `is_told`.
 */
options: Array<PollOption>, 
/**
 * What the ends of a scale mean.
 */
ends: ScaleEnds | null, 
/**
 * How many people have voted.
 */
n_voters: number, 
/**
 * Whether nobody sees who chose what.
 */
anonymous: boolean, 
/**
 * Whether one sees how it stands only once one has voted, or when it is closed.
 */
hidden: boolean, 
/**
 * When it closes by itself.
 */
closes_at: Timestamp | null, 
/**
 * Whether nobody votes any more.
 */
closed: boolean, };

export type PollChanged = { 
/**
 * Which.
 */
poll_id: PollId, 
/**
 * How many chose each answer.
 */
n_votes: Array<number>, 
/**
 * Who, as in a poll; empty with it.
 */
people: Array<Array<PersonId>>, 
/**
 * How many people have voted.
 */
n_voters: number, 
/**
 * Whether it is closed.
 */
closed: boolean, };

export type PollId = string;

export type PollKind = "single" | "several" | "scale" | "words";

export type PollOption = { 
/**
 * 1 to 200 characters.
 */
text: string, 
/**
 * How many chose it; 0 for whom the result is still hidden.
 */
n: number, 
/**
 * Who, up to 50, in order of their ids; empty beyond and in an anonymous poll.
 */
people: Array<PersonId>, };

export type PollView = { 
/**
 * The poll.
 */
poll: Poll, 
/**
 * Whether I am told how it stands: always, but in a hidden poll that goes on and in which I have not voted.
 */
is_told: boolean, 
/**
 * The answers that I chose, by their places; of an anonymous poll that is closed nobody knows it any more.
 */
mine: Array<number>, 
/**
 * The words that I wrote, as they stand in the poll; as `mine`.
 */
words: Array<string>, 
/**
 * Words that are out of the result, the last one first, for whoever may put them back: who asked and who looks after the
 * channel. Empty for whom nothing is told; none for all others.
 */
removed: Array<string> | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type PostedFile = { 
/**
 * The file.
 */
file: Attachment, 
/**
 * Whose it is.
 */
person_id: PersonId, 
/**
 * Where it was posted.
 */
channel_id: ChannelId, 
/**
 * With which message.
 */
message_id: MessageId, 
/**
 * When it was uploaded.
 */
at: Timestamp, };

export type PostedLink = { 
/**
 * The link in this message.
 */
id: LinkId, 
/**
 * Where it leads, as in the text.
 */
url: string, 
/**
 * What its page is called, once that was asked.
 */
title: string | null, 
/**
 * The name of the site, or its host.
 */
site: string, 
/**
 * Who posted it.
 */
person_id: PersonId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * In which message.
 */
message_id: MessageId, 
/**
 * When.
 */
at: Timestamp, };

export type PreparePoll = { 
/**
 * The text of its message: CommonMark, up to 16,384 bytes.
 */
question: string, 
/**
 * As in a new poll.
 */
options?: Array<string>, 
/**
 * As in a new poll.
 */
kind?: PollKind, 
/**
 * As in a new poll.
 */
scale?: Scale, 
/**
 * As in a new poll.
 */
anonymous?: boolean, 
/**
 * As in a new poll.
 */
hidden?: boolean, 
/**
 * Seconds from being asked to its end, within a year; none: somebody closes it.
 */
open_s?: number, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type PreparedPoll = { 
/**
 * Its id, and that of the poll that it becomes.
 */
id: PollId, 
/**
 * Where it will be asked.
 */
channel_id: ChannelId, 
/**
 * Who wrote it.
 */
created_by: PersonId, 
/**
 * When.
 */
created_at: Timestamp, 
/**
 * What it will ask.
 */
content: PreparePoll, };

export type PreparedPolls = { 
/**
 * All of them.
 */
items: Array<PreparedPoll>, 
/**
 * Who wrote them.
 */
people: Array<Person>, };

export type Profile = "live" | "hourly" | "three_times" | "morning";

export type ProvisionalDecision = { 
/**
 * The message that says and asks it.
 */
message_id: MessageId, 
/**
 * Until when one can object.
 */
until: Timestamp, };

export type PushChoice = { 
/**
 * Only that something came: no name, no place, no text.
 */
hides_texts: boolean, };

export type PushDevice = { 
/**
 * Its session, with which it goes.
 */
session_id: SessionId, 
/**
 * What it calls itself.
 */
device: string, 
/**
 * Whether it is the one that asks.
 */
is_this: boolean, 
/**
 * Since when.
 */
since: Timestamp, 
/**
 * When it was told last.
 */
told_at: Timestamp | null, 
/**
 * Since when its service does not answer; it is forgotten after a week.
 */
failing_since: Timestamp | null, };

export type PushOutcome = "taken" | "gone" | "later" | "refused";

export type PushState = { 
/**
 * What a browser subscribes with (RFC 8292), in base64url.
 */
public_key: string, 
/**
 * Devices that are told.
 */
devices: Array<PushDevice>, 
/**
 * Whether pushes and letters say only that something came.
 */
hides_texts: boolean, 
/**
 * How I am told by mail; null: this server sends none.
 */
mail: MailWay | null, };

export type PushTested = { 
/**
 * What the service said.
 */
outcome: PushOutcome, };

export type Qr = { 
/**
 * Squares in a row, without a margin.
 */
size: number, 
/**
 * The dark squares.
 */
path: string, };

export type Question = { 
/**
 * Its id.
 */
id: QuestionId, 
/**
 * One line of up to 500 characters.
 */
text: string, 
/**
 * Who asked; None: without a name, or not known any more.
 */
author_id: PersonId | null, 
/**
 * Whether I asked it.
 */
is_mine: boolean, 
/**
 * Whether I voted for it.
 */
has_my_vote: boolean, 
/**
 * How many people want it answered; whoever asked is one of them until they take that back.
 */
n_votes: number, 
/**
 * How far it is.
 */
state: QuestionState, 
/**
 * What it was answered with, when it was.
 */
answer: QuestionAnswer | null, 
/**
 * Questions that ask the same and were put into this one, in the order in which they were asked.
 */
merged: Array<string>, 
/**
 * When it was asked.
 */
asked_at: Timestamp, 
/**
 * When it came into its state.
 */
changed_at: Timestamp, };

export type QuestionAnswer = { 
/**
 * How.
 */
how: AnsweredHow, 
/**
 * Plain text of up to 2,000 characters.
 */
text?: string, 
/**
 * A message of the channel that answers it.
 */
message_id?: MessageId, };

export type QuestionId = string;

export type QuestionState = "waiting" | "open" | "now" | "answered" | "dismissed";

export type Questions = { 
/**
 * Its id.
 */
id: QuestionsId, 
/**
 * Where it stands.
 */
channel_id: ChannelId, 
/**
 * Under which message; its text says what they are about.
 */
message_id: MessageId, 
/**
 * In which topic the message is now.
 */
topic_id: TopicId | null, 
/**
 * Who collects them.
 */
created_by: PersonId, 
/**
 * Whether a question is seen by others only once a moderator has let it out.
 */
moderated: boolean, 
/**
 * Whether one may ask without a name.
 */
anonymous: boolean, 
/**
 * Whether nobody asks or votes any more.
 */
closed: boolean, };

export type QuestionsChanged = { 
/**
 * Which board.
 */
questions_id: QuestionsId, 
/**
 * The question that was voted for.
 */
question_id: QuestionId | null, 
/**
 * By how many.
 */
n_votes: number | null, };

export type QuestionsId = string;

export type QuestionsList = { 
/**
 * Up to 50.
 */
items: Array<Questions>, };

export type QuestionsView = { 
/**
 * The board.
 */
questions: Questions, 
/**
 * What is being answered, then what is open by votes and time, what waits by time, what was answered, the newest first,
 * and what was dismissed.
 */
items: Array<Question>, 
/**
 * Whether I moderate it: I collect them, or look after the channel.
 */
may_moderate: boolean, 
/**
 * Everybody who asked under their name, and who collects.
 */
people: Array<Person>, };

export type Quote = { 
/**
 * Which one.
 */
message_id: MessageId, 
/**
 * Who wrote it.
 */
author_id: PersonId, 
/**
 * Its beginning without markup, up to 200 characters; empty when deleted.
 */
text: string, 
/**
 * Whether it is deleted.
 */
deleted: boolean, };

export type RaiseHand = { 
/**
 * Whether it is up.
 */
is_up: boolean, };

export type ReactLive = { 
/**
 * One of 👍 👏 ❤️ 😂 🎉 🤔.
 */
emoji: string, };

export type Reaction = { 
/**
 * The emoji.
 */
emoji: string, 
/**
 * How many people.
 */
n: number, 
/**
 * All of them up to twelve, in order of their ids; empty beyond.
 */
people: Array<PersonId>, 
/**
 * Whether I am among them; only in pages.
 */
mine?: boolean, };

export type ReactionChanged = { 
/**
 * Which message.
 */
message_id: MessageId, 
/**
 * Its place.
 */
seq: Seq, 
/**
 * Which emoji.
 */
emoji: string, 
/**
 * How many people now; 0: it is gone.
 */
n: number, 
/**
 * All of them up to twelve; empty beyond.
 */
people: Array<PersonId>, 
/**
 * Who added or took back theirs.
 */
person_id: PersonId, 
/**
 * Which of the two.
 */
added: boolean, };

export type ReadMoved = { 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * In which topic; null for the stream.
 */
topic_id: TopicId | null, 
/**
 * The head of the channel's log for which the counts are true.
 */
head: Seq, 
/**
 * Everything up to here is read.
 */
read_seq: Seq, 
/**
 * Messages of others after it.
 */
n_unread: number, 
/**
 * Those among them that name me, a group of mine or everybody; in a direct conversation, all.
 */
n_mentions: number, };

export type ReadTo = { 
/**
 * A place in the channel's log.
 */
seq: Seq, 
/**
 * In which topic; absent for the stream.
 */
topic_id?: TopicId, };

export type Reason = "spam" | "hurtful" | "private" | "other";

export type RecallBreakouts = { 
/**
 * In how many seconds, 0 to 14,400; 0: at once.
 */
seconds: number, };

export type RecoveryCodes = { 
/**
 * Each is good once.
 */
recovery_codes: Array<string>, };

export type Region = { 
/**
 * ISO 3166-1, or with a part of the country `DE-BY`.
 */
code: string, 
/**
 * What the part is called there; empty: as its code.
 */
name: string, };

export type Reminder = { 
/**
 * Which.
 */
id: ReminderId, 
/**
 * Of which message.
 */
message_id: MessageId, 
/**
 * Where that stands.
 */
channel_id: ChannelId, 
/**
 * Who wrote it; null: it was deleted, or I may not read it any more.
 */
author_id: PersonId | null, 
/**
 * How it begins; null as above.
 */
text: string | null, 
/**
 * My note.
 */
note: string, 
/**
 * When.
 */
due_at: Timestamp, 
/**
 * When I was told; null: it waits.
 */
told_at: Timestamp | null, 
/**
 * Since when the message is not there any more, by the rule for how long messages stay or because somebody deleted it. It is
 * told no more and takes no other time.
 */
gone_at: Timestamp | null, };

export type ReminderChanged = { 
/**
 * Which.
 */
id: ReminderId, 
/**
 * Of which message.
 */
message_id: MessageId, 
/**
 * Where that stands.
 */
channel_id: ChannelId, 
/**
 * How it stands now.
 */
state: ReminderState, };

export type ReminderId = string;

export type ReminderPage = { 
/**
 * At most 50.
 */
items: Array<Reminder>, 
/**
 * Where the next page begins: `after_at` and `after_id`; null: there is none.
 */
next: [Timestamp, ReminderId] | null, 
/**
 * Who wrote the messages.
 */
people: Array<Person>, };

export type ReminderState = "waiting" | "told" | "done" | "gone";

export type Removal = { 
/**
 * The message that was removed.
 */
message_id: MessageId, 
/**
 * Where it stood.
 */
place: ModeratedPlace, 
/**
 * Who wrote it.
 */
author_id: PersonId, 
/**
 * Who removed it.
 */
removed_by: PersonId, 
/**
 * When.
 */
removed_at: Timestamp, 
/**
 * Why, as its author was told.
 */
reason: string | null, };

export type RemovalPage = { 
/**
 * The removals.
 */
items: Array<Removal>, 
/**
 * The message after which the next page begins; null at the end.
 */
next: MessageId | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type RemoveMessage = { 
/**
 * Up to 280 characters; its author and those who read the channel see it.
 */
reason?: string, };

export type Removed = { 
/**
 * Up to 280 characters, for its author and for those who read the channel.
 */
reason: string | null, };

export type Repeats = { 
/**
 * Weeks between two meetings: 1, 2 or 4.
 */
every_weeks: number, 
/**
 * How many there are: 2 to 48.
 */
times: number, 
/**
 * A new time every six weeks, fair to all; else always the same time on the wall.
 */
turns?: boolean, };

export type Report = { 
/**
 * Which.
 */
id: ReportId, 
/**
 * The message.
 */
message_id: MessageId, 
/**
 * Where it stands.
 */
place: ModeratedPlace, 
/**
 * Who wrote it.
 */
author_id: PersonId, 
/**
 * What it said when it was first reported, without markup; empty once it is handled.
 */
text: string, 
/**
 * Whether the message is deleted by now.
 */
gone: boolean, 
/**
 * What the word list minded; empty when people did.
 */
words: Array<string>, 
/**
 * Since when.
 */
opened_at: Timestamp, 
/**
 * Who minds it.
 */
voices: Array<ReportVoice>, 
/**
 * What became of it.
 */
handled: Handled | null, };

export type ReportHandled = { 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Which message.
 */
message_id: MessageId, };

export type ReportId = string;

export type ReportPage = { 
/**
 * The reports.
 */
items: Array<Report>, 
/**
 * The report after which the next page begins; null at the end.
 */
next: ReportId | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type ReportVoice = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * Why.
 */
reason: Reason, 
/**
 * In their words; may be empty.
 */
note: string, 
/**
 * When.
 */
at: Timestamp, };

export type ReportsChanged = { 
/**
 * Where.
 */
channel_id: ChannelId, };

export type ResetAsked = { email: string, };

export type ResetLink = { url: string, expires_at: Timestamp, };

export type ResetOffer = { name: string, };

export type ResetRequest = { password: string, };

export type Retention = { 
/**
 * Every rule there is; of channels that the administrator may not see it says no name.
 */
rules: Array<RetentionRule>, 
/**
 * Newest first.
 */
holds: Array<Hold>, };

export type RetentionPreview = { 
/**
 * Messages that would go; 1,000,001 means more than 1,000,000.
 */
n_messages: number, 
/**
 * When the oldest of them was said.
 */
oldest_at: Timestamp | null, };

export type RetentionRule = { 
/**
 * The workspace, a space or a channel.
 */
place_id: string, 
/**
 * After how many days messages go; None: never.
 */
days: number | null, 
/**
 * Pinned messages and decided topics stay.
 */
keep_marked: boolean, };

export type Revision = { 
/**
 * Since when.
 */
at: Timestamp, 
/**
 * The text.
 */
text: string, 
/**
 * Its markup; null for plain text.
 */
tree: Array<Node> | null, };

export type Rhythm = { 
/**
 * 1 is Monday, 7 is Sunday.
 */
days: Array<number>, 
/**
 * Minutes after midnight.
 */
at_min: number, 
/**
 * 1 to 12, counted from the week in which it begins.
 */
every_weeks: number, };

export type Role = "owner" | "admin" | "member" | "guest";

export type RoleChange = { role: Role, };

export type RoomOfKind = { 
/**
 * `database`, `exports`, `uploads`, `previews` (small versions of pictures and documents), or a kind of file.
 */
kind: "database" | "exports" | "uploads" | "previews" | "picture" | "video" | "sound" | "voice" | "pdf" | "file", 
/**
 * Its size in bytes.
 */
n_bytes: number, 
/**
 * How many there are; 1 for the database.
 */
n: number, };

export type Rota = { 
/**
 * Which.
 */
space_id: SpaceId, 
/**
 * In whose time it is handed over.
 */
time_zone: string, 
/**
 * On which day.
 */
weekday: number, 
/**
 * At what time.
 */
from_min: number, 
/**
 * In order.
 */
members: Array<RotaMember>, 
/**
 * From today on.
 */
swaps: Array<RotaSwap>, 
/**
 * Who is called when nobody takes it.
 */
chain: Array<RotaStep>, 
/**
 * Who is on call at this moment; null: nobody.
 */
on_call: PersonId | null, 
/**
 * This turn and the next five.
 */
turns: Array<RotaTurn>, 
/**
 * Of the last change; 0: there is no rota yet.
 */
revision: number, };

export type RotaChanged = { 
/**
 * Of the change.
 */
revision: number, };

export type RotaMember = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * Whether they have agreed.
 */
has_agreed: boolean, };

export type RotaStep = { 
/**
 * A person.
 */
person_id?: PersonId, 
/**
 * A group.
 */
group_id?: GroupId, 
/**
 * Minutes until the next step: 2 to 60.
 */
wait_min: number, };

export type RotaSwap = { 
/**
 * Which day, in the zone of the rota.
 */
day: string, 
/**
 * Who.
 */
person_id: PersonId, };

export type RotaTurn = { 
/**
 * Whose.
 */
person_id: PersonId, 
/**
 * Since when.
 */
from: Timestamp, 
/**
 * Until when.
 */
until: Timestamp, };

export type RotaView = { 
/**
 * The same for everybody.
 */
rota: Rota, 
/**
 * Whether I may change it.
 */
can_manage: boolean, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type Routine = { 
/**
 * Which.
 */
id: RoutineId, 
/**
 * What comes back.
 */
kind: RoutineKind, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * In which topic.
 */
topic_id: TopicId | null, 
/**
 * What it says, or asks.
 */
text: string, 
/**
 * When.
 */
rhythm: Rhythm, 
/**
 * On whose clock; null: each person's own.
 */
time_zone: string | null, 
/**
 * The day of its next time, as 2026-11-30.
 */
next_day: string, 
/**
 * The first moment of its next time; null: it rests.
 */
next_at: Timestamp | null, 
/**
 * Why it was stopped; null: it was not.
 */
stopped: WhyFailed | null, 
/**
 * Of the last change.
 */
revision: number, 
/**
 * When it was made.
 */
created_at: Timestamp, };

export type RoutineChanged = { 
/**
 * Which.
 */
id: RoutineId, 
/**
 * How it stands now.
 */
state: RoutineState, };

export type RoutineId = string;

export type RoutineKind = "post" | "check_in";

export type RoutineList = { 
/**
 * At most 50.
 */
items: Array<Routine>, };

export type RoutineState = "active" | "stopped" | "ended";

export type SaveDraft = { 
/**
 * Where it will be sent.
 */
channel_id: ChannelId, 
/**
 * In which topic; null for the stream.
 */
topic_id: TopicId | null, 
/**
 * Up to 16,384 bytes; empty deletes it.
 */
text: string, 
/**
 * The revision that this device saw last; 0 for none.
 */
revision: number, };

export type SaveHours = { 
/**
 * All of them.
 */
hours: OwnHours, 
/**
 * The change that they are based on.
 */
revision: number, };

export type SaveMeetingSettings = { 
/**
 * Whether I may be asked from 22 to 7 on my clock; absent: as before.
 */
accepts_nights?: boolean, 
/**
 * Whether I want invitations also by mail; absent: as before.
 */
by_mail?: boolean, 
/**
 * 0, 5, 10 or 30; absent: as before.
 */
remind_min?: number, };

export type SaveRota = { 
/**
 * In whose time it is handed over: an IANA name.
 */
time_zone: string, 
/**
 * On which day: 1: Monday, to 7: Sunday (ISO 8601).
 */
weekday: number, 
/**
 * At what time, in minutes after midnight.
 */
from_min: number, 
/**
 * In the order of their turns; each has to agree before it is theirs.
 */
people: Array<PersonId>, 
/**
 * Who is called when nobody takes it; at most six steps.
 */
chain: Array<RotaStep>, 
/**
 * What it was changed from.
 */
revision: number, };

export type Saved = { 
/**
 * The message.
 */
message: Message, 
/**
 * When I kept it.
 */
saved_at: Timestamp, };

export type SavedChanged = { 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Which message.
 */
message_id: MessageId, 
/**
 * Its place.
 */
seq: Seq, 
/**
 * Whether I keep it now.
 */
saved: boolean, };

export type SavedPage = { 
/**
 * The messages.
 */
items: Array<Saved>, 
/**
 * The cursor of the next page.
 */
next: Timestamp | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, 
/**
 * The groups named in it; absent when there are none.
 */
groups?: Array<GroupName>, };

export type Scale = { 
/**
 * 0 or 1.
 */
from: number, 
/**
 * 2 to 10.
 */
to: number, 
/**
 * What the lowest means, up to 40 characters; may be empty.
 */
low?: string, 
/**
 * What the highest means, as `low`.
 */
high?: string, };

export type ScaleEnds = { 
/**
 * What the lowest number means.
 */
low: string, 
/**
 * What the highest means.
 */
high: string, };

export type Scheduled = { 
/**
 * The id that the message will have.
 */
id: MessageId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * In which topic.
 */
topic_id: TopicId | null, 
/**
 * What it answers to.
 */
quote_id: MessageId | null, 
/**
 * What it says.
 */
text: string, 
/**
 * Files that go with it.
 */
files: Array<Attachment>, 
/**
 * When.
 */
due_at: Timestamp, 
/**
 * Whether that is when work begins for the others; it follows their hours.
 */
lands: boolean, 
/**
 * Why it was not posted; null: it waits.
 */
failed: WhyFailed | null, 
/**
 * Of the last change.
 */
revision: number, 
/**
 * When it was written.
 */
created_at: Timestamp, };

export type ScheduledChanged = { 
/**
 * Which.
 */
id: MessageId, 
/**
 * How it stands now.
 */
state: ScheduledState, };

export type ScheduledList = { 
/**
 * At most 100.
 */
items: Array<Scheduled>, };

export type ScheduledState = "waiting" | "posted" | "failed" | "taken_back";

export type ScopeId = string;

export type SearchHit = { 
/**
 * Which of the two.
 */
kind: SearchHitKind, 
/**
 * The message, or the one at which the topic began.
 */
message_id: MessageId, 
/**
 * Where it stands.
 */
channel_id: ChannelId, 
/**
 * The topic in which it stands, or which it is; null in the stream.
 */
topic_id: TopicId | null, 
/**
 * The title of that topic.
 */
topic_title: string | null, 
/**
 * How that topic stands.
 */
topic_state: TopicState | null, 
/**
 * Who wrote it or began it.
 */
author_id: PersonId, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Whether it was edited since.
 */
edited: boolean, 
/**
 * The place that was found, without markup; for a topic its title and its decision.
 */
excerpt: Array<ExcerptPart>, };

export type SearchHitKind = "message" | "topic";

export type SearchNote = { 
/**
 * What it is.
 */
kind: SearchNoteKind, 
/**
 * The part of the question that it is about.
 */
about: string, };

export type SearchNoteKind = "unknown_filter" | "unknown_value" | "nobody" | "nowhere" | "no_date" | "too_many" | "empty" | "unfinished";

export type SearchPage = { 
/**
 * In the order that was asked for.
 */
hits: Array<SearchHit>, 
/**
 * The cursor of the next page; null at the end.
 */
next: string | null, 
/**
 * Everybody named in the hits.
 */
people: Array<Person>, 
/**
 * The channels in which they stand.
 */
channels: Array<ChannelView>, 
/**
 * What could not be understood.
 */
notes: Array<SearchNote>, };

export type SearchPlaces = { 
/**
 * People.
 */
people: Array<Person>, 
/**
 * Channels, joined or not; direct conversations are found by their people.
 */
channels: Array<ChannelView>, 
/**
 * Topics, the newest first.
 */
topics: Array<SearchHit>, };

export type SearchSort = "newest" | "best";

export type SecondCode = { 
/**
 * From the problem `second-step`.
 */
attempt: string, 
/**
 * Six digits of an app, or a recovery code.
 */
code: string, };

export type SecondSetUp = { 
/**
 * From the problem `second-step`.
 */
attempt: string, };

export type Seq = number;

export type SeriesId = string;

export type Session = { id: SessionId, created_at: Timestamp, 
/**
 * To within five minutes.
 */
seen_at: Timestamp, 
/**
 * "Firefox on Windows".
 */
device: string, 
/**
 * The one that asks.
 */
current: boolean, };

export type SessionId = string;

export type SessionList = { items: Array<Session>, };

export type SetEmoji = { 
/**
 * Whether everybody but guests adds emoji, or administrators alone.
 */
everyone: boolean, };

export type SetLinks = { 
/**
 * Whether this server asks pages at all.
 */
fetches: boolean, };

export type SetUp = { 
/**
 * From the link that the server printed.
 */
token: string, 
/**
 * 1 to 80 characters.
 */
workspace_name: string, 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * Where mail reaches them; the name to sign in with.
 */
email: string, 
/**
 * 10 to 200 characters.
 */
password: string, 
/**
 * IANA zone.
 */
time_zone: string, 
/**
 * BCP 47 tag.
 */
language: string, };

export type Setting = { 
/**
 * Its name.
 */
name: "audit.days" | "guests.by_members" | "files.person_bytes" | "files.workspace_bytes", 
/**
 * What counts; None: no limit.
 */
value: number | null, 
/**
 * What counts when nobody says.
 */
default: number | null, min: number, max: number, 
/**
 * The configuration file says it: it is changed there.
 */
fixed: boolean, };

export type SettingKey = "listen" | "public_url" | "data" | "workers" | "database.url" | "database.lanes" | "database.readers" | "nats.url" | "nats.prefix" | "blobs.kind" | "blobs.folder" | "blobs.bucket" | "blobs.region" | "blobs.endpoint" | "blobs.access_key" | "blobs.secret_key" | "blobs.prefix" | "files.uploads_folder" | "files.max_size_bytes" | "files.person_bytes" | "files.workspace_bytes" | "files.clamd" | "tls.certificate" | "tls.key" | "proxy.trusted" | "proxy.header" | "log.format" | "log.level" | "limits.requests_per_second" | "limits.burst" | "limits.address_requests_per_second" | "limits.address_burst" | "limits.sign_in_per_minute" | "limits.body_size_bytes" | "limits.connections" | "outbound.allowed" | "mail.from" | "mail.smtp.host" | "mail.smtp.port" | "mail.smtp.tls" | "mail.smtp.user" | "mail.smtp.password" | "mail.smtp.password_file" | "mail.smtp.ca_file" | "signin.password" | "signin.passkeys" | "signin.key_file" | "signin.oidc.issuer" | "signin.oidc.name" | "signin.oidc.client_id" | "signin.oidc.client_secret" | "signin.oidc.client_secret_file" | "signin.oidc.scopes" | "signin.oidc.allowed_domains" | "signin.oidc.create_people" | "signin.oidc.role" | "signin.oidc.link_by_email" | "signin.oidc.allow_private" | "live.enabled" | "live.port" | "live.announce" | "live.people_max" | "live.webhooks" | "live.turn.urls" | "live.turn.secret" | "live.livekit.url" | "live.livekit.key" | "live.livekit.secret";

export type Settings = { workspace: Array<Setting>, file: Array<FixedSetting>, };

export type SetupState = { 
/**
 * The workspace, once it exists; an import makes it before there is an owner.
 */
workspace: Workspace | null, 
/**
 * True while there is no owner.
 */
needs_setup: boolean, };

export type ShownNotices = { 
/**
 * Messages; up to 100.
 */
message_ids: Array<MessageId>, };

export type SignInPolicy = { 
/**
 * Whoever has such a role needs a second step, from the next sign-in on.
 */
second_step_roles: Array<Role>, };

export type SignInRequest = { email: string, password: string, };

export type SignInWays = { 
/**
 * By mail address and password.
 */
password: boolean, 
/**
 * By a passkey, at a browser that has them.
 */
passkeys: boolean, 
/**
 * By another server, of this name.
 */
oidc: string | null, 
/**
 * This server sends mail: links to new passwords, invitations.
 */
mail: boolean, };

export type SlotList = { 
/**
 * Up to five.
 */
slots: Array<MeetingSlot>, 
/**
 * Who met the same people outside of their work before.
 */
times_outside: Array<TimesOutside>, 
/**
 * Whose turn it was last.
 */
last_outside: PersonId | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type Space = { 
/**
 * Its id.
 */
id: SpaceId, 
/**
 * 1 to 80 characters.
 */
name: string, 
/**
 * What it is for.
 */
kind: SpaceKind, 
/**
 * Up to 1,000 characters.
 */
description: string, 
/**
 * Whether every member of the workspace may join.
 */
open: boolean, 
/**
 * Whether it is archived: read, no more written.
 */
archived: boolean, 
/**
 * How many people are in it.
 */
n_members: number, 
/**
 * What I am in it; null in events and where I am not.
 */
my_role: SpaceRole | null, };

export type SpaceCreated = { 
/**
 * The new space, without anybody's role.
 */
space: Space, };

export type SpaceEvent = { 
/**
 * As it is now, without anybody's role.
 */
space: Space, } | { 
/**
 * The new channel.
 */
channel: Channel, } | { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * As what.
 */
role: SpaceRole, 
/**
 * Members now.
 */
n_members: number, } | { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * Members now.
 */
n_members: number, };

export type SpaceId = string;

export type SpaceKind = "team" | "class" | "project";

export type SpaceMember = { 
/**
 * Who.
 */
person: Person, 
/**
 * As what.
 */
role: SpaceRole, };

export type SpaceRole = "admin" | "member" | "guest";

export type SpaceRoom = { 
/**
 * Which; None: all direct conversations together.
 */
space_id: SpaceId | null, 
/**
 * What it is called; empty for direct conversations.
 */
name: string, 
/**
 * Its files in bytes.
 */
n_bytes: number, 
/**
 * How many.
 */
n_files: number, };

export type SpaceRoomPage = { 
/**
 * The spaces.
 */
items: Array<SpaceRoom>, 
/**
 * The `before` of the next page.
 */
next: string | null, };

export type Start = { 
/**
 * Myself.
 */
me: Me, 
/**
 * The workspace.
 */
workspace: Workspace, 
/**
 * My spaces.
 */
spaces: Array<Space>, 
/**
 * My channels and direct conversations.
 */
channels: Array<ChannelRow>, 
/**
 * Whether I may bring files: a guest by link only when the link says so.
 */
may_upload: boolean, 
/**
 * Whether members who do not look after a channel make guest links into it.
 */
members_make_guest_links: boolean, 
/**
 * Whom I block, the newest first: what they say is folded, and their calls do not count.
 */
blocked: Array<PersonId>, 
/**
 * Topics that I follow, the liveliest first; of more than 1,000 the quietest are left out.
 */
following: Array<TopicId>, 
/**
 * How much I want to be told of, by place: a space, a channel, a topic, or everywhere under my own id. The nearest place
 * that is here counts; without any it is what needs me.
 */
levels: { [key in string]: ToldLevel }, 
/**
 * My unsent texts.
 */
drafts: Array<Draft>, 
/**
 * Everybody named in this answer.
 */
people: Array<Person>, 
/**
 * Where the socket goes on.
 */
cursors: { [key in ScopeId]: Seq }, 
/**
 * The newest messages of the channel that was asked for; null when it is absent or hidden.
 */
page: MessagePage | null, };

export type State = "well" | "look" | "broken";

export type Status = { 
/**
 * One emoji.
 */
emoji: string, 
/**
 * Up to 80 characters; may be empty.
 */
text: string, 
/**
 * From then on it is nothing; null: until it is taken back.
 */
until: Timestamp | null, };

export type StorageSummary = { 
/**
 * Largest first.
 */
kinds: Array<RoomOfKind>, 
/**
 * What counts against the limit of the workspace.
 */
files_bytes: number, 
/**
 * What all files may take together; None: no limit.
 */
workspace_bytes: number | null, 
/**
 * What the files of one person may take; None: no limit.
 */
person_bytes: number | null, 
/**
 * Free on the disk of the data folder.
 */
free_bytes: number | null, };

export type SubscribePush = { 
/**
 * An https address of the browser's push service; up to 2,048 bytes.
 */
endpoint: string, 
/**
 * Its public key: a point of P-256 in base64url.
 */
p256dh: string, 
/**
 * Its secret of 16 bytes, in base64url.
 */
auth: string, };

export type SwapRota = { 
/**
 * From today on, within a year.
 */
day: string, 
/**
 * Who; without it as the rota says.
 */
person_id?: PersonId, };

export type TakeOfficePlace = { 
/**
 * What it is about, up to 280 characters, for whoever receives; may be empty.
 */
about?: string, 
/**
 * Whether I am told by a reminder when I am next, and when it gets later.
 */
tells: boolean, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type TalkEstimate = { 
/**
 * When the last answer is due if each comes when it is due. Null where hours hold no such moment.
 */
by_text: Timestamp | null, 
/**
 * Days on which whoever reads this works, until then; today is not counted.
 */
working_days: number, 
/**
 * The first moment at which all of them have time for a talk. Null: not within two weeks.
 */
live: Timestamp | null, 
/**
 * Until when they have time then.
 */
live_until: Timestamp | null, 
/**
 * How long a talk is reckoned to be, in minutes.
 */
talk_minutes: number, 
/**
 * The same for all of them together.
 */
person_minutes: number, 
/**
 * Who takes part, whoever reads this among them.
 */
people: Array<PersonId>, };

export type TalkTiming = { 
/**
 * Asks that are open there.
 */
n_open: number, 
/**
 * Null: nobody else takes part, or too many.
 */
estimate: TalkEstimate | null, 
/**
 * Null: it goes well, it is not the turn of whoever reads this, or the hint was shown today or waved away.
 */
hint: TimingHint | null, };

export type TeamFigures = { 
/**
 * In meetings, minutes per person.
 */
live_minutes_per_person: number, 
/**
 * Of these, outside of people's work.
 */
live_outside_percent: number | null, 
/**
 * What meetings ask of people outside of their work: which share of it the half bears that bears most. 50 is even.
 */
upper_half_burden_percent: number | null, 
/**
 * Of all asks, those that were answered in time.
 */
answered_in_time_percent: number | null, 
/**
 * Interruptions in time to think. It should be 0.
 */
n_interruptions: number, 
/**
 * Messages that were written outside of their author's work.
 */
n_sent_outside_hours: number, 
/**
 * Of these, what waited for the hours of others.
 */
held_percent: number | null, 
/**
 * Urgent messages.
 */
n_urgent: number, 
/**
 * Of these, what was said not to be.
 */
not_urgent_percent: number | null, };

export type TeamKind = "workspace" | "space" | "group";

export type TeamNumbers = { 
/**
 * How many people a number is about at the least; 5 or more.
 */
k: number, 
/**
 * Whether I may raise that.
 */
can_raise: boolean, 
/**
 * The workspace first, then my spaces and my groups.
 */
teams: Array<NumbersTeam>, };

export type TeamWeek = { 
/**
 * Its Monday.
 */
week: string, 
/**
 * Null: it would say something about fewer people than it may.
 */
figures: TeamFigures | null, };

export type TellsHosts = { 
/**
 * Whether they are.
 */
is_on: boolean, 
/**
 * Who says so.
 */
from: CharterScope, };

export type Thanks = { 
/**
 * Its message, which is its id, too.
 */
message_id: MessageId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Who thanks.
 */
giver_id: PersonId, 
/**
 * Whom.
 */
people: Array<PersonId>, 
/**
 * Whether it may be told again where the space gathers thanks.
 */
may_gather: boolean, 
/**
 * When.
 */
at: Timestamp, };

export type ThanksGiven = { 
/**
 * By which message.
 */
message_id: MessageId, 
/**
 * Where.
 */
channel_id: ChannelId, };

export type ThanksPlace = { 
/**
 * The space.
 */
space_id: SpaceId, 
/**
 * In which of its channels; null: thanks are not gathered.
 */
channel_id: ChannelId | null, 
/**
 * What the message says.
 */
title: string | null, 
/**
 * When the next one comes, if somebody was thanked.
 */
next_at: Timestamp | null, 
/**
 * Who chose it may not write there any more.
 */
stopped: boolean, 
/**
 * Whether I may change it.
 */
can_change: boolean, };

export type ThanksView = { 
/**
 * What was said.
 */
thanks: Thanks, 
/**
 * Who is named.
 */
people: Array<Person>, };

export type TimeChoice = "yes" | "maybe" | "no";

export type TimeOutside = { 
/**
 * When it would begin.
 */
starts_at: Timestamp, 
/**
 * When it would end.
 */
ends_at: Timestamp, 
/**
 * How many can.
 */
n_yes: number, 
/**
 * How many can if there has to be.
 */
n_maybe: number, };

export type TimePolicy = { 
/**
 * The week of whoever has declared nothing.
 */
work: Array<WeekLine>, 
/**
 * Whose public holidays are theirs; null: no one's.
 */
holidays: string | null, 
/**
 * Days on which no meeting is made: 1, Monday, to 7, Sunday.
 */
no_meeting_days: Array<number>, 
/**
 * Whether what is written to somebody outside of their hours first of all lands silently, at once.
 */
silent_first: boolean, };

export type TimePolicyChanged = Record<symbol, never>;

export type TimePoll = { 
/**
 * Its id.
 */
id: TimePollId, 
/**
 * What it is called.
 */
title: string, 
/**
 * What it is about; may be empty.
 */
about: string, 
/**
 * How long it would be.
 */
minutes: number, 
/**
 * The zone in which its times were said.
 */
time_zone: string, 
/**
 * The channel to which it belongs.
 */
channel_id: ChannelId | null, 
/**
 * Who asks.
 */
created_by: PersonId, 
/**
 * Until when it is answered.
 */
ends_at: Timestamp, 
/**
 * Whether those who answer see one another's names.
 */
shows_names: boolean, 
/**
 * How it stands.
 */
state: TimePollState, 
/**
 * The meeting that came of it.
 */
meeting_id: MeetingId | null, 
/**
 * The time that was chosen.
 */
chosen_at: Timestamp | null, 
/**
 * Who is asked here.
 */
asked: Array<PersonId>, };

export type TimePollAnswer = { 
/**
 * Its id.
 */
id: TimePollAnswerId, 
/**
 * Who, if they are here.
 */
person_id: PersonId | null, 
/**
 * Their name.
 */
name: string, 
/**
 * Whether they left an address for the invitation.
 */
has_address: boolean, 
/**
 * To each time, in its order.
 */
choices: Array<TimeChoice>, };

export type TimePollAnswerId = string;

export type TimePollId = string;

export type TimePollList = { 
/**
 * Up to 100.
 */
items: Array<TimePollRow>, 
/**
 * Everybody named in them.
 */
people: Array<Person>, };

export type TimePollOutside = { 
/**
 * What it is called.
 */
title: string, 
/**
 * What it is about; may be empty.
 */
about: string, 
/**
 * Who asks.
 */
organiser: string, 
/**
 * In which workspace.
 */
workspace: string, 
/**
 * Until when it is answered.
 */
ends_at: Timestamp, 
/**
 * How it stands.
 */
state: TimePollState, 
/**
 * What was chosen.
 */
chosen: ChosenOutside | null, 
/**
 * Whether those who answer see one another's names.
 */
shows_names: boolean, 
/**
 * Whether an address can be left for the invitation.
 */
takes_address: boolean, 
/**
 * Its times, in their order.
 */
times: Array<TimeOutside>, 
/**
 * What others said, where names are shown.
 */
others: Array<ChoicesOutside>, 
/**
 * What was said from here.
 */
own: OwnOutside | null, };

export type TimePollRow = { 
/**
 * Its id.
 */
id: TimePollId, 
/**
 * What it is called.
 */
title: string, 
/**
 * Who asks.
 */
created_by: PersonId, 
/**
 * Until when it is answered.
 */
ends_at: Timestamp, 
/**
 * How it stands.
 */
state: TimePollState, 
/**
 * How many answered.
 */
n_answers: number, 
/**
 * Whether I am one of them.
 */
has_answered: boolean, };

export type TimePollState = "open" | "ended" | "closed" | "chosen";

export type TimePollTime = { 
/**
 * When it would begin.
 */
starts_at: Timestamp, 
/**
 * When it would end.
 */
ends_at: Timestamp, 
/**
 * How many can.
 */
n_yes: number, 
/**
 * How many can if there has to be.
 */
n_maybe: number, 
/**
 * How many cannot.
 */
n_no: number, 
/**
 * Its place among those still to come, the fairest 1: fewest who cannot, then what it asks of those whose hours are known.
 */
rank: number | null, 
/**
 * What their hours say of it: of everybody who is asked here for whoever may choose, of myself for others.
 */
costs: Array<MeetingCost>, };

export type TimePollTold = { 
/**
 * Which.
 */
time_poll_id: TimePollId, };

export type TimePollView = { 
/**
 * The question.
 */
poll: TimePoll, 
/**
 * Its times, in their order.
 */
times: Array<TimePollTime>, 
/**
 * What others said, where names are shown or I may choose.
 */
answers: Array<TimePollAnswer>, 
/**
 * How many answered.
 */
n_answers: number, 
/**
 * What I said to each time; empty: nothing yet.
 */
own: Array<TimeChoice>, 
/**
 * Everybody named in it.
 */
people: Array<Person>, 
/**
 * Whether I may choose a time and close it.
 */
can_change: boolean, 
/**
 * The address for people outside, for whoever may change it.
 */
link: string | null, };

export type TimesOutside = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * How often, in the last 80 weeks.
 */
n: number, 
/**
 * When last.
 */
last_at: Timestamp, };

export type Timestamp = number;

export type TimingHint = { 
/**
 * What goes on.
 */
kind: HintKind, 
/**
 * By what it shows.
 */
why: HintWhy, 
/**
 * How often it went to and fro.
 */
rounds: number, 
/**
 * When the next answer is due.
 */
next_at: Timestamp | null, };

export type TokenList = { items: Array<ApiToken>, };

export type TokenMade = { token: string, id: SessionId, name: string, scopes: Array<TokenScope>, created_at: Timestamp, 
/**
 * When it was last used, to within five minutes.
 */
seen_at: Timestamp, expires_at: Timestamp | null, };

export type TokenRequest = { name: string, 
/**
 * What it is good for; reading and writing when nothing is said.
 */
scopes?: Array<TokenScope>, 
/**
 * An hour to ten years; absent or null: until it is revoked, or was not used for 90 days.
 */
expires_in_s?: number | null, };

export type TokenScope = "read" | "write" | "admin" | "messages:read" | "messages:write" | "people:read" | "files:read" | "files:write";

export type Told = { "how": "now" } | { "how": "batch", 
/**
 * When.
 */
until: Timestamp, } | { "how": "focus", 
/**
 * Until when.
 */
until: Timestamp, } | { "how": "quiet", 
/**
 * Until when.
 */
until: Timestamp, } | { "how": "never" };

export type ToldLevel = "all" | "needs_me" | "nothing";

export type Topic = { 
/**
 * Its id.
 */
id: TopicId, 
/**
 * Where it stands.
 */
channel_id: ChannelId, 
/**
 * 1 to 200 characters.
 */
title: string, 
/**
 * Whether it still waits for something.
 */
state: TopicState, 
/**
 * What was decided.
 */
decision: string | null, 
/**
 * The message in the stream at which it began.
 */
origin_id: MessageId, 
/**
 * Its place.
 */
origin_seq: Seq, 
/**
 * Who began it.
 */
created_by: PersonId, 
/**
 * When.
 */
created_at: Timestamp, 
/**
 * Replies.
 */
n_messages: number, 
/**
 * The place of the last reply, or of the origin.
 */
last_seq: Seq, 
/**
 * When that was.
 */
last_at: Timestamp, 
/**
 * The last five who wrote, the most recent last.
 */
people: Array<PersonId>, };

export type TopicChanged = { 
/**
 * The topic as it is now.
 */
topic: Topic, };

export type TopicFilter = "all" | "unread" | "mine" | "waiting" | "open" | "resolved" | "decided";

export type TopicId = string;

export type TopicName = { 
/**
 * A UUIDv7 of the sender's making.
 */
id: TopicId, 
/**
 * 1 to 200 characters.
 */
title: string, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type TopicOverview = { 
/**
 * The topics.
 */
items: Array<TopicRow>, 
/**
 * The id after which the next page begins; null at the end.
 */
next: TopicId | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type TopicPage = { 
/**
 * The topics.
 */
items: Array<Topic>, 
/**
 * The cursor of the next page.
 */
next: Seq | null, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type TopicRow = { 
/**
 * The topic.
 */
topic: Topic, 
/**
 * Whether I follow it.
 */
following: boolean, 
/**
 * Everything up to here is read.
 */
read_seq: Seq, 
/**
 * Messages of others after it.
 */
n_unread: number, 
/**
 * Those among them that name me, a group of mine or everybody; in a direct conversation, all.
 */
n_mentions: number, };

export type TopicState = "open" | "resolved" | "decided";

export type TopicView = { 
/**
 * The topic.
 */
topic: Topic, 
/**
 * The message at which it began.
 */
origin: Message, 
/**
 * Whether I follow it.
 */
following: boolean, 
/**
 * Everything up to here is read.
 */
read_seq: Seq, 
/**
 * Everybody named in it.
 */
people: Array<Person>, 
/**
 * The groups named in it; absent when there are none.
 */
groups?: Array<GroupName>, };

export type TotpOffer = { 
/**
 * To type in, in base 32.
 */
secret: string, 
/**
 * To open on the same device: `otpauth://…`.
 */
url: string, 
/**
 * To scan.
 */
qr: Qr, };

export type TranscriptFormat = "markdown" | "html" | "csv" | "json";

export type TryHours = { 
/**
 * All of them.
 */
hours: OwnHours, 
/**
 * 1: Monday, to 7: Sunday.
 */
weekday: number, 
/**
 * Minutes after midnight, 0 to 1439.
 */
minute: number, };

export type TryMeeting = { 
/**
 * What it is for.
 */
aim: MeetingAim, 
/**
 * How many items its agenda has.
 */
n_agenda?: number, 
/**
 * Whether it is said why it is not written instead.
 */
has_reason?: boolean, 
/**
 * When.
 */
time: MeetingTime, 
/**
 * Who is invited beside its maker.
 */
people: Array<Invite>, 
/**
 * It is the first of a series.
 */
repeats?: Repeats, };

export type TurnState = "waiting" | "asked" | "answered" | "skipped" | "away";

export type Undone = { 
/**
 * Conversations that are new again; what was left meanwhile is not among them.
 */
n_places: number, };

export type UnreadTopic = { 
/**
 * Which.
 */
topic_id: TopicId, 
/**
 * Its title.
 */
title: string, 
/**
 * Everything up to here is read.
 */
read_seq: Seq, 
/**
 * Messages of others after it.
 */
n_unread: number, 
/**
 * Those among them that name me, a group of mine or everybody; in a direct conversation, all.
 */
n_mentions: number, };

export type Urgent = { 
/**
 * Its id.
 */
id: UrgentId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Under which message.
 */
message_id: MessageId, 
/**
 * Who calls.
 */
sender_id: PersonId, 
/**
 * Why it cannot wait.
 */
kind: UrgentKind, 
/**
 * The same in words; may be empty.
 */
reason: string, 
/**
 * How its message begins, without markup; mentions as they are typed. Empty: it is gone.
 */
text: string, 
/**
 * How it stands.
 */
state: UrgentState, 
/**
 * When it was written.
 */
created_at: Timestamp, 
/**
 * Since when people are called; null: it was not confirmed.
 */
sent_at: Timestamp | null, 
/**
 * Who confirmed it.
 */
confirmed_by: PersonId | null, 
/**
 * Since when nobody is called any more.
 */
ended_at: Timestamp | null, 
/**
 * Who ended it.
 */
ended_by: PersonId | null, 
/**
 * Who is called when.
 */
steps: Array<UrgentStep>, };

export type UrgentCall = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * For whom they stand in, who is away.
 */
instead_of: PersonId | null, 
/**
 * Why they are in the chain.
 */
via: UrgentVia, 
/**
 * They have not agreed to be woken and are told at this moment, at the end of time where they never work. Null: called
 * at once.
 */
not_before: Timestamp | null, 
/**
 * When they were called.
 */
called_at: Array<Timestamp>, 
/**
 * What they said last.
 */
reaction: UrgentReaction | null, 
/**
 * When.
 */
reacted_at: Timestamp | null, };

export type UrgentChanged = { 
/**
 * Which.
 */
urgent_id: UrgentId, 
/**
 * Under which message.
 */
message_id: MessageId, 
/**
 * How it stands.
 */
state: UrgentState, };

export type UrgentConsent = { 
/**
 * A space.
 */
space_id: SpaceId | null, 
/**
 * Or a channel.
 */
channel_id: ChannelId | null, 
/**
 * Since when.
 */
at: Timestamp, };

export type UrgentConsentChanged = Record<symbol, never>;

export type UrgentConsents = { 
/**
 * All of them.
 */
items: Array<UrgentConsent>, };

export type UrgentDoubted = { 
/**
 * Which.
 */
urgent_id: UrgentId, 
/**
 * Where.
 */
channel_id: ChannelId, };

export type UrgentForecast = { 
/**
 * Who.
 */
person_id: PersonId, 
/**
 * For whom they stand in.
 */
instead_of: PersonId | null, 
/**
 * Why they are in the chain.
 */
via: UrgentVia, 
/**
 * Where they are, as an IANA zone.
 */
time_zone: string, 
/**
 * They have not agreed to be woken and would be told then, at the end of time where they never work. Null: called at
 * their turn.
 */
not_before: Timestamp | null, 
/**
 * It would call them in their quiet or their time to think, to which they have agreed.
 */
wakes: boolean, };

export type UrgentForecastStep = { 
/**
 * When it would begin.
 */
from: Timestamp, 
/**
 * How long until the next one, in minutes.
 */
wait_min: number, 
/**
 * Who.
 */
people: Array<UrgentForecast>, };

export type UrgentId = string;

export type UrgentKind = "outage" | "safety" | "blocked" | "other";

export type UrgentMove = { 
/**
 * Which.
 */
move: UrgentMoveKind, };

export type UrgentMoveKind = "take" | "not_me" | "withdraw" | "confirm" | "was_not_urgent";

export type UrgentPaged = { 
/**
 * By which.
 */
urgent_id: UrgentId, 
/**
 * Under which message.
 */
message_id: MessageId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * Who calls.
 */
sender_id: PersonId, 
/**
 * 0 for the first call, then one more for each repeat.
 */
nth: number, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Whether they have agreed to be woken for it.
 */
consented: boolean, 
/**
 * They have not agreed, and it waits for them until then; null: they are called now.
 */
held_until: Timestamp | null, };

export type UrgentPreview = { 
/**
 * Step by step.
 */
steps: Array<UrgentForecastStep>, 
/**
 * They cannot read the channel, and would not be called.
 */
left_out: Array<PersonId>, 
/**
 * Who is on call in the space now; null: nobody.
 */
on_call: PersonId | null, 
/**
 * Whether the space has a chain to go on with.
 */
has_chain: boolean, 
/**
 * How many more I can send before a second person has to confirm.
 */
budget_left: number, 
/**
 * Whether one has to.
 */
needs_second: boolean, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type UrgentReaction = "take" | "not_me" | "left";

export type UrgentSettled = { 
/**
 * Which.
 */
urgent_id: UrgentId, 
/**
 * Under which message.
 */
message_id: MessageId, 
/**
 * Where.
 */
channel_id: ChannelId, 
/**
 * How it ended.
 */
state: UrgentState, };

export type UrgentState = "unconfirmed" | "calling" | "taken" | "answered" | "withdrawn" | "nobody" | "lapsed" | "gone";

export type UrgentStep = { 
/**
 * When it begins, if nobody reacts before.
 */
from: Timestamp, 
/**
 * How long until the next one, in minutes.
 */
wait_min: number, 
/**
 * Who is called in it.
 */
people: Array<UrgentCall>, };

export type UrgentVia = "person" | "rota" | "group";

export type UrgentView = { 
/**
 * The same for everybody.
 */
urgent: Urgent, 
/**
 * What I can do.
 */
moves: Array<UrgentMoveKind>, 
/**
 * How many of those who were called said that it was not urgent; 0 for all but its sender.
 */
n_doubts: number, 
/**
 * Whether I said so.
 */
has_doubted: boolean, 
/**
 * Everybody named in it.
 */
people: Array<Person>, };

export type Vote = { 
/**
 * Places of answers; none takes the vote back.
 */
options?: Array<number>, 
/**
 * Where one writes: up to three different words or short phrases of up to 40 characters; none takes the vote back.
 */
words?: Array<string>, 
/**
 * Says what the word list asks about all the same (`words-asked`).
 */
words_ok?: boolean, };

export type VoteForQuestion = { 
/**
 * My vote is there, or is taken back.
 */
votes: boolean, };

export type WeekLine = { 
/**
 * 1: Monday, to 7: Sunday (ISO 8601).
 */
weekday: number, 
/**
 * Minutes after midnight, 0 to 1439.
 */
from_min: number, 
/**
 * 0 to 1440.
 */
to_min: number, };

export type WhyFailed = "gone" | "archived" | "slow" | "words" | "everyone" | "files" | "topic" | "late" | "other";

export type WordList = { 
/**
 * The sender is shown them before sending, and may send all the same.
 */
ask: Array<string>, 
/**
 * What holds one is not taken.
 */
hold: Array<string>, 
/**
 * What holds one is taken and reported to those who look after the channel.
 */
report: Array<string>, };

export type Workspace = { 
/**
 * Also the scope of its log.
 */
id: WorkspaceId, 
/**
 * At most 80 characters, cleaned.
 */
name: string, };

export type WorkspaceChange = { name: string, };

export type WorkspaceChanged = { 
/**
 * As it is now.
 */
workspace: Workspace, };

export type WorkspaceExport = { id: string, 
/**
 * Who asked for it.
 */
person_id: PersonId, 
/**
 * `running`, `done` or `failed`.
 */
state: "running" | "done" | "failed", 
/**
 * Rows that are written.
 */
n_rows: number, 
/**
 * Rows that there are; 0 while nobody has counted.
 */
n_rows_total: number, 
/**
 * Of the archive, when it is done.
 */
size_bytes: number | null, created_at: Timestamp, 
/**
 * When it is removed.
 */
expires_at: Timestamp, };

export type WorkspaceId = string;
