import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { markNavigated } from '@/ui/paneFocus';
import { NotFound } from './NotFound';
import { ScreenError } from './ScreenError';
import { ScreenLoading } from './ScreenLoading';
import { Shell } from './Shell';

const root = createRootRoute({
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
  notFoundComponent: NotFound,
});

const home = createRoute({ getParentRoute: () => root, path: '/', component: lazyRouteComponent(() => import('./HomeRoute'), 'HomeRoute') });

export type ChannelSearch = { about?: true };

/** Stays mounted while topics open and close beside it. */
const channel = createRoute({
  getParentRoute: () => root,
  path: '/c/$channelId',
  validateSearch: (search: Record<string, unknown>): ChannelSearch => (search['about'] ? { about: true } : {}),
  component: lazyRouteComponent(() => import('./ChannelRoute'), 'ChannelRoute'),
});
const topic = createRoute({ getParentRoute: () => channel, path: 't/$topicId' });
const topics = createRoute({
  getParentRoute: () => root,
  path: '/c/$channelId/topics',
  component: lazyRouteComponent(() => import('./TopicsRoute'), 'TopicsRoute'),
});
const message = createRoute({
  getParentRoute: () => root,
  path: '/m/$messageId',
  component: lazyRouteComponent(() => import('./MessageRoute'), 'MessageRoute'),
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('@/features/accounts/screens/PeopleScreen'), 'PeopleScreen'),
});
const person = createRoute({
  getParentRoute: () => root,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('./PersonRoute'), 'PersonRoute'),
});
const browse = createRoute({
  getParentRoute: () => root,
  path: '/browse',
  component: lazyRouteComponent(() => import('@/features/spaces/screens/SpacesScreen'), 'SpacesScreen'),
});
export type SpaceSearch = { tab?: 'members' | 'settings' };

const browseSpace = createRoute({
  getParentRoute: () => root,
  path: '/browse/$spaceId',
  validateSearch: ({ tab }: Record<string, unknown>): SpaceSearch => (tab === 'members' || tab === 'settings' ? { tab } : {}),
  component: lazyRouteComponent(() => import('./SpaceRoute'), 'SpaceRoute'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./SettingsRoute'), 'SettingsRoute'),
});
const settingsPage = createRoute({
  getParentRoute: () => root,
  path: '/settings/$page',
  component: lazyRouteComponent(() => import('./SettingsRoute'), 'SettingsPageRoute'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    channel.addChildren([topic]),
    topics,
    message,
    people,
    person,
    browse,
    browseSpace,
    settings,
    settingsPage,
  ]),
  defaultErrorComponent: ScreenError,
  defaultPendingComponent: ScreenLoading,
  defaultPreload: 'intent',
  scrollRestoration: false,
});

let lastPath = location.pathname;
router.subscribe('onBeforeNavigate', ({ toLocation }) => {
  if (toLocation.pathname !== lastPath) markNavigated();
  lastPath = toLocation.pathname;
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
