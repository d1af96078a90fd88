/**
 * The words of the wire, under the names that the app uses. What an object holds is generated from the server's types
 * (`cargo xtask types`), so that a change there is an error of the compiler here. By hand is only what no server type says:
 * pages that two features fill, which event carries which body, and the frames of the socket.
 */
import type * as Wire from './generated';

export type {
  Repeats,
  AnswerKnock,
  Knock,
  KnockView,
  Advice,
  FirstMessage,
  LevelList,
  PlaceLevel,
  ToldLevel,
  AdviceMode,
  AdviceNature,
  AdvicePurpose,
  AdviceReason,
  AdviceUrgency,
  HintShown,
  TalkEstimate,
  TalkTiming,
  TimingHint,
  Ask,
  AskCounts,
  AskItem,
  AskKind,
  AskMissing,
  AskTopic,
  AskMove,
  AskPage,
  AskPreview,
  AskSide,
  AskView,
  AskWordLists,
  AskedMessage,
  ChannelAsks,
  GoneAsk,
  MyUrgents,
  NewUrgent,
  RotaStep,
  RotaView,
  SaveRota,
  Urgent,
  UrgentCall,
  UrgentConsents,
  UrgentForecast,
  UrgentForecastStep,
  UrgentKind,
  UrgentMoveKind,
  UrgentPreview,
  UrgentView,
  NewAsk,
  CatchUp,
  CatchUpItem,
  Cleared,
  Decision,
  DecisionPage,
  Inbox,
  InboxCall,
  InboxCount,
  InboxLine,
  InboxPlace,
  Undone,
  Blocks,
  Card,
  CustomEmoji,
  CustomEmojiList,
  ChannelCards,
  ApiToken,
  ChangeRetention,
  ChannelRetention,
  HeldCopies,
  HeldMessage,
  HeldMessages,
  HeldNotices,
  MessagePosted,
  Notice,
  NoticeReleased,
  PushDevice,
  MailWay,
  PushState,
  PushTested,
  HeldCopy,
  Hold,
  NewHold,
  Retention,
  RetentionPreview,
  RetentionRule,
  LandingChoice,
  LandingView,
  Scheduled,
  ScheduledList,
  Reminder,
  ReminderPage,
  CheckIn,
  NewRoutine,
  Rhythm,
  Routine,
  RoutineKind,
  RoutineList,
  WhyFailed,
  AuditAction,
  AuditEntry,
  AuditPage,
  AuditPlace,
  FixedSetting,
  Health,
  HealthWord,
  SettingKey,
  PersonRoom,
  PersonRoomPage,
  PlaceRoom,
  PlaceRoomPage,
  SpaceRoomPage,
  RoomOfKind,
  Setting,
  Settings,
  StorageSummary,
  ChangeOutgoing,
  Attachment,
  Channel,
  ChannelKind,
  ChannelMember,
  ChannelRole,
  ChannelRow,
  ChannelView,
  Delivery,
  Draft,
  HookEvent,
  Hooks,
  IncomingHook,
  IncomingMade,
  Brought,
  CallableGroup,
  CallableGroups,
  ChangeGroup,
  FilePage,
  Entered,
  Group,
  GroupName,
  GroupView,
  ErasedMessages,
  Forward,
  ExcerptPart,
  GuestEntered,
  ListDone,
  ListLine,
  ListLook,
  GuestLink,
  GuestLook,
  NewGuestLink,
  Invitation,
  InvitationPage,
  InvitationState,
  LinkCard,
  LinkPage,
  LinkSettings,
  LostMail,
  MailState,
  MailTested,
  MailTrouble,
  Me,
  MeChange,
  Message,
  MessagePage,
  MessagePlace,
  NewGroup,
  NewIncoming,
  NewOutgoing,
  MessagesMoved,
  MessageRemoved,
  Moved,
  MoveMessages,
  Node,
  OutgoingHook,
  OutgoingMade,
  Person,
  PostedFile,
  PostedLink,
  ModeratedPlace,
  ModerationState,
  OwnReportPage,
  Report,
  ReportPage,
  ReportVoice,
  Pins,
  Poll,
  ChangePollWord,
  PollChanged,
  ChangeLive,
  GoLive,
  ChangeLiveAgenda,
  LiveAbsent,
  LiveBreakout,
  LiveDecision,
  LiveLayout,
  LiveNote,
  LiveNoted,
  LiveNotes,
  LiveNumbers,
  LivePersonNumbers,
  LivePoint,
  LiveRoom,
  LiveRooms,
  LiveRang,
  NewBreakout,
  NewLiveAsk,
  NewLiveDecision,
  NewLiveNote,
  ObjectLive,
  OpenBreakouts,
  PlaceLivePerson,
  ReactLive,
  RecallBreakouts,
  ChangeLivePerson,
  EndLive,
  CallOffice,
  LiveChanged,
  Office,
  OfficePlace,
  OfficeView,
  OfficeWord,
  OpenOffice,
  TakeOfficePlace,
  LiveList,
  LiveTest,
  LiveOutcome,
  LivePerson,
  LiveSession,
  LiveTicket,
  LiveView,
  OidcBegun,
  OidcDone,
  OwnPasskey,
  OwnWays,
  PasskeyAnswer,
  PasskeyMade,
  PasskeyOffer,
  PasskeyQuestion,
  PollKind,
  PollView,
  PreparedPoll,
  PreparedPolls,
  PreparePoll,
  Vote,
  Question,
  QuestionAnswer,
  Questions,
  QuestionsChanged,
  QuestionsList,
  QuestionsView,
  QuestionState,
  ChangeQuestion,
  NewQuestion,
  NewQuestions,
  Qr,
  Quote,
  Reaction,
  ReadMoved,
  RecoveryCodes,
  Removal,
  RemovalPage,
  Removed,
  ResetLink,
  Role,
  SavedPage,
  SearchHit,
  SearchNote,
  SearchPage,
  SearchPlaces,
  SearchSort,
  Seq,
  Session,
  SignInRequest,
  SignInPolicy,
  SignInWays,
  Space,
  SpaceKind,
  SpaceMember,
  SpaceRole,
  Start,
  Status,
  TokenMade,
  TokenRequest,
  TokenScope,
  TotpOffer,
  Topic,
  TopicFilter,
  TopicOverview,
  TopicPage,
  TopicRow,
  TopicState,
  TopicView,
  TranscriptFormat,
  WordList,
  Charter,
  CharterPage,
  CharterView,
  Expected,
  Pace,
  PlaceCharter,
  DayOff,
  Holiday,
  HoursPreview,
  AnswerMeeting,
  FindSlots,
  AnswerInvitation,
  GuestInvitation,
  AnswerTimePoll,
  AnswerTimePollOutside,
  NewTimePoll,
  TimeChoice,
  TimePoll,
  TimePollAnswer,
  TimePollList,
  TimePollOutside,
  TimePollRow,
  TimePollTime,
  TimePollView,
  InviteGuest,
  MeetingGuest,
  MeetingFeed,
  MeetingSettingsView,
  MeetingSlot,
  SaveMeetingSettings,
  SlotList,
  ChangeMeeting,
  Invite,
  Meeting,
  MeetingAim,
  MeetingAnswer,
  MeetingCost,
  MeetingHours,
  MeetingPage,
  MeetingPreview,
  MeetingTime,
  MeetingView,
  NewMeeting,
  TryMeeting,
  GatheredThanks,
  Gathering,
  NewThanks,
  Thanks,
  ThanksPlace,
  ThanksView,
  MyNumbers,
  MyWeek,
  NumbersPolicy,
  NumbersTeam,
  TeamFigures,
  TeamNumbers,
  HoursView,
  OwnHours,
  PersonHours,
  Region,
  TimePolicy,
  Told,
  WeekLine,
  Workspace,
  WorkspaceExport,
} from './generated';
export type {
  Accept as AcceptRequest,
  ChangeTopic as TopicPatch,
  Counts as ReadState,
  InvitationLook as InvitationOffer,
  NewInvitation as InvitationRequest,
  NewMessage as PostRequest,
  NewPoll as PollRequest,
  NewTopic as TopicRequest,
  Reason as ReportReason,
  Revision as MessageVersion,
  SaveDraft as DraftRequest,
  SetUp as SetupRequest,
  SetupState as Setup,
  /** Microseconds since 1970, UTC. */
  Timestamp as Micros,
  UnreadTopic as TopicUnread,
} from './generated';

/** The id of anything. The server tells them apart by their types; here a name in front is enough. */
export type Id = string;

/** Asked for again with `next` as `before`, until it is `null`. */
type Page<Item> = { items: Item[]; next: Id | null };
export type PersonPage = Page<Wire.Person>;
export type SpaceMemberPage = Page<Wire.SpaceMember>;
export type ChannelMemberPage = Page<Wire.ChannelMember>;

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
  /** With /problems/words-asked and /problems/words-held. */
  words?: string[];
  /** With /problems/draft-changed: the newer one. */
  draft?: Wire.Draft;
};

// --- socket ---------------------------------------------------------------

/** The member of a union that has these keys and no others. */
type Only<Union, Keys extends PropertyKey> = Union extends unknown ? ([keyof Union, Keys] extends [Keys, keyof Union] ? Union : never) : never;

export type EventBodies = {
  'message.posted': Wire.MessagePosted;
  'message.edited': Wire.MessageEdited;
  'message.deleted': Wire.MessageDeleted;
  'message.removed': Wire.MessageRemoved;
  'reports.changed': Wire.ReportsChanged;
  'report.handled': Wire.ReportHandled;
  'file.changed': Wire.FileChanged;
  'links.changed': Wire.LinksChanged;
  'messages.gone': Wire.MessagesGone;
  'messages.moved': Wire.MessagesMoved;
  'pin.changed': Wire.PinChanged;
  'knock.changed': Wire.KnockChanged;
  'poll.changed': Wire.PollChanged;
  'questions.changed': Wire.QuestionsChanged;
  'live.changed': Wire.LiveChanged;
  'office.changed': Wire.OfficeChanged;
  'office.told': Wire.OfficeTold;
  'live.noted': Wire.LiveNoted;
  'live.rang': Wire.LiveRang;
  'saved.changed': Wire.SavedChanged;
  'reaction.changed': Wire.ReactionChanged;
  'topic.created': Wire.TopicChanged;
  'topic.changed': Wire.TopicChanged;
  'channel.changed': Only<Wire.ChannelEvent, 'channel'>;
  'channel.member_joined': Only<Wire.ChannelEvent, 'person_id' | 'role' | 'n_members'>;
  'channel.member_left': Only<Wire.ChannelEvent, 'person_id' | 'n_members'>;
  'space.changed': Only<Wire.SpaceEvent, 'space'>;
  'channel.created': Only<Wire.SpaceEvent, 'channel'>;
  'space.member_joined': Only<Wire.SpaceEvent, 'person_id' | 'role' | 'n_members'>;
  'space.member_left': Only<Wire.SpaceEvent, 'person_id' | 'n_members'>;
  'group.changed': Only<Wire.GroupEvent, 'group'>;
  'group.members_changed': Only<Wire.GroupEvent, 'group_id' | 'joined' | 'left' | 'n_members'>;
  'group.removed': Only<Wire.GroupEvent, 'group_id'>;
  'ask.opened': Wire.AskChanged;
  'ask.changed': Wire.AskChanged;
  'ask.moved': Wire.AskMoved;
  'ask.reminded': Wire.AskReminded;
  'charter.changed': Wire.CharterChanged;
  'hours.changed': Wire.HoursChanged;
  'scheduled.changed': Wire.ScheduledChanged;
  'reminder.changed': Wire.ReminderChanged;
  'routine.changed': Wire.RoutineChanged;
  'check_in.changed': Wire.CheckInChanged;
  'check_in.turned': Wire.CheckInTurned;
  'meeting.invited': Wire.MeetingTold;
  'meeting.moved': Wire.MeetingTold;
  'meeting.changed': Wire.MeetingTold;
  'meeting.canceled': Wire.MeetingTold;
  'meeting.answered': Wire.MeetingTold;
  'meeting.soon': Wire.MeetingTold;
  'meeting.park_ended': Wire.MeetingTold;
  'time_poll.asked': Wire.TimePollTold;
  'time_poll.changed': Wire.TimePollTold;
  'notice.released': Wire.NoticeReleased;
  'device.used': Wire.DeviceUsed;
  'message.held': Wire.MessageHeld;
  'read.moved': Wire.ReadMoved;
  'draft.changed': Wire.DraftChanged;
  'block.changed': Only<Wire.PlaceEvent, 'person_id' | 'blocked'>;
  'preference.changed': Only<Wire.PlaceEvent, 'channel_id' | 'favourite' | 'position'>;
  'level.changed': Wire.LevelChanged;
  'time_policy.changed': Wire.TimePolicyChanged;
  'follow.changed': Wire.FollowChanged;
  'urgent.changed': Wire.UrgentChanged;
  'urgent.paged': Wire.UrgentPaged;
  'urgent.settled': Wire.UrgentSettled;
  'urgent.doubted': Wire.UrgentDoubted;
  'urgent.consent_changed': Wire.UrgentConsentChanged;
  'rota.changed': Wire.RotaChanged;
  'channel.added': Only<Wire.PlaceEvent, 'channel_id'>;
  'channel.removed': Only<Wire.PlaceEvent, 'channel_id'>;
  'space.added': Only<Wire.PlaceEvent, 'space_id'>;
  'space.removed': Only<Wire.PlaceEvent, 'space_id'>;
  'invitation.used': Wire.InvitationUsed;
  'me.changed': Wire.MeChanged;
  'person.joined': Wire.PersonEvent;
  'person.changed': Wire.PersonEvent;
  'emoji.changed': Wire.EmojiChanged;
  'workspace.changed': Wire.WorkspaceChanged;
  'space.created': Wire.SpaceCreated;
};

export type EventKind = keyof EventBodies;
export type EventOf<K extends EventKind> = {
  type: 'event';
  scope: Id;
  seq: Wire.Seq;
  kind: K;
  at: Wire.Timestamp;
  actor: Id | null;
  body: EventBodies[K];
};
export type ServerEvent = { [K in EventKind]: EventOf<K> }[EventKind];

export type ServerFrame =
  | ServerEvent
  | { type: 'ready'; heads: Record<Id, Wire.Seq> }
  | { type: 'reset'; scope: Id; seq: Wire.Seq }
  | { type: 'gone'; scope: Id }
  | { type: 'added'; scope: Id; seq: Wire.Seq }
  | { type: 'pong' };

export type ClientFrame =
  | { type: 'hello'; cursors: Record<Id, Wire.Seq> }
  | { type: 'watch'; scope: Id; seq: Wire.Seq }
  | { type: 'unwatch'; scope: Id }
  | { type: 'ping' };
