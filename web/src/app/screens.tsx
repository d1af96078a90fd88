import { lazy, type ComponentType } from 'react';
import type { Path } from '@/router/paths';

const load = {
  home: () => import('./HomeRoute'),
  channel: () => import('./ChannelRoute'),
  topics: () => import('./TopicsRoute'),
  files: () => import('./FilesRoute'),
  live: () => import('./LiveRoute'),
  liveNow: () => import('@/features/live/screens/LiveNowScreen'),
  message: () => import('./MessageRoute'),
  overview: () => import('@/features/messages/screens/TopicOverviewScreen'),
  asks: () => import('@/features/asks/screens/AsksScreen'),
  today: () => import('./TodayRoute'),
  inbox: () => import('./InboxRoute'),
  catchUp: () => import('./CatchUpRoute'),
  decisions: () => import('@/features/inbox/screens/DecisionsScreen'),
  saved: () => import('@/features/messages/screens/SavedScreen'),
  scheduled: () => import('./ScheduledRoute'),
  search: () => import('@/features/search/screens/SearchScreen'),
  people: () => import('./PeopleRoute'),
  groups: () => import('./GroupsRoute'),
  group: () => import('./GroupRoute'),
  person: () => import('./PersonRoute'),
  schedule: () => import('./ScheduleRoute'),
  charter: () => import('@/features/charters/screens/CharterScreen'),
  browse: () => import('@/features/spaces/screens/SpacesScreen'),
  space: () => import('./SpaceRoute'),
  settings: () => import('./SettingsRoute'),
};

const Channel = lazy(() => load.channel().then((module) => ({ default: module.ChannelRoute })));
const Files = lazy(() => load.files().then((module) => ({ default: module.FilesRoute })));
const Settings = lazy(() => load.settings().then((module) => ({ default: module.SettingsRoute })));

/** Which screen stands at which path, each in its own chunk. One component at two paths stays mounted between them. */
export const screens: Record<Path, ComponentType> = {
  '/': lazy(() => load.home().then((module) => ({ default: module.HomeRoute }))),
  '/c/$channelId': Channel,
  '/c/$channelId/t/$topicId': Channel,
  '/c/$channelId/topics': lazy(() => load.topics().then((module) => ({ default: module.TopicsRoute }))),
  '/c/$channelId/files': Files,
  '/c/$channelId/live/$liveId': lazy(() => load.live().then((module) => ({ default: module.LiveRoute }))),
  '/live': lazy(() => load.liveNow().then((module) => ({ default: module.LiveNowScreen }))),
  '/files': Files,
  '/m/$messageId': lazy(() => load.message().then((module) => ({ default: module.MessageRoute }))),
  '/topics': lazy(() => load.overview().then((module) => ({ default: module.TopicOverviewScreen }))),
  '/today': lazy(() => load.today().then((module) => ({ default: module.TodayRoute }))),
  '/inbox': lazy(() => load.inbox().then((module) => ({ default: module.InboxRoute }))),
  '/catch-up': lazy(() => load.catchUp().then((module) => ({ default: module.CatchUpRoute }))),
  '/decisions': lazy(() => load.decisions().then((module) => ({ default: module.DecisionsScreen }))),
  '/saved': lazy(() => load.saved().then((module) => ({ default: module.SavedScreen }))),
  '/asks': lazy(() => load.asks().then((module) => ({ default: module.AsksScreen }))),
  '/scheduled': lazy(() => load.scheduled().then((module) => ({ default: module.ScheduledRoute }))),
  '/search': lazy(() => load.search().then((module) => ({ default: module.SearchScreen }))),
  '/people': lazy(() => load.people().then((module) => ({ default: module.PeopleRoute }))),
  '/groups': lazy(() => load.groups().then((module) => ({ default: module.GroupsRoute }))),
  '/groups/$groupId': lazy(() => load.group().then((module) => ({ default: module.GroupRoute }))),
  '/people/$personId': lazy(() => load.person().then((module) => ({ default: module.PersonRoute }))),
  '/schedule': lazy(() => load.schedule().then((module) => ({ default: module.ScheduleRoute }))),
  '/charter': lazy(() => load.charter().then((module) => ({ default: module.CharterScreen }))),
  '/browse': lazy(() => load.browse().then((module) => ({ default: module.SpacesScreen }))),
  '/browse/$spaceId': lazy(() => load.space().then((module) => ({ default: module.SpaceRoute }))),
  '/settings': Settings,
  '/settings/$page': Settings,
};
