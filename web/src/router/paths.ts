/**
 * Every address of the app, and the way between an address and what it names. Plain data, no browser.
 *
 * Our own, in place of a router library: with the channel screen the library's 28 kB did not fit the first load of 160 kB,
 * and a dozen flat paths need neither loaders nor nesting. The call shapes are those of TanStack Router.
 */
export const paths = [
  '/',
  '/c/$channelId',
  '/c/$channelId/t/$topicId',
  '/c/$channelId/topics',
  '/c/$channelId/files',
  '/c/$channelId/live/$liveId',
  '/live',
  '/files',
  '/m/$messageId',
  '/topics',
  '/today',
  '/inbox',
  '/catch-up',
  '/decisions',
  '/saved',
  '/asks',
  '/scheduled',
  '/search',
  '/people',
  '/people/$personId',
  '/groups',
  '/groups/$groupId',
  '/schedule',
  '/charter',
  '/browse',
  '/browse/$spaceId',
  '/settings',
  '/settings/$page',
] as const;

export type Path = (typeof paths)[number];

/** The words after `$` in a path. */
type ParamName<Given extends string> = Given extends `${string}$${infer Name}/${infer Rest}`
  ? Name | ParamName<Rest>
  : Given extends `${string}$${infer Name}`
    ? Name
    : never;

const tabs = ['members', 'groups', 'settings', 'pictures', 'files', 'links', 'waiting'] as const;
export type Tab = (typeof tabs)[number];

/** What may follow the question mark. */
export type Search = { about?: true; transcript?: true; tab?: Tab; q?: string; sort?: 'best' };

/** A place in the app, such as `{ to: '/c/$channelId', params: { channelId } }`. */
export type Target = {
  [Given in Path]: { to: Given; search?: Search; hash?: string } & (ParamName<Given> extends never
    ? { params?: undefined }
    : { params: Record<ParamName<Given>, string> });
}[Path];

export type Params = Partial<Record<ParamName<Path>, string>>;
export type Match = { path: Path; params: Params };

export function hrefOf({ to, params, search, hash }: Target): string {
  const values: Record<string, string | undefined> = params ?? {};
  const pathname = to
    .split('/')
    .map((part) => (isParam(part) ? encodeURIComponent(values[part.slice(1)] ?? '') : part))
    .join('/');
  const query = new URLSearchParams();
  if (search?.about) query.set('about', 'true');
  if (search?.transcript) query.set('transcript', 'true');
  if (search?.tab) query.set('tab', search.tab);
  if (search?.q) query.set('q', search.q);
  if (search?.sort) query.set('sort', search.sort);
  const text = query.toString();
  return pathname + (text && `?${text}`) + (hash ? `#${hash}` : '');
}

/** Which path a pathname is of; a trailing slash does not matter. */
export function matchPath(pathname: string): Match | null {
  const given = pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname;
  const parts = given.split('/');
  for (const path of paths) {
    const params = matchParts(path.split('/'), parts);
    if (params) return { path, params };
  }
  return null;
}

export function parseSearch(text: string): Search {
  const query = new URLSearchParams(text);
  const tab = tabs.find((known) => known === query.get('tab'));
  const q = query.get('q');
  return {
    ...(query.has('about') && { about: true as const }),
    ...(query.has('transcript') && { transcript: true as const }),
    ...(tab && { tab }),
    ...(q && { q }),
    ...(query.get('sort') === 'best' && { sort: 'best' as const }),
  };
}

function matchParts(wanted: string[], given: string[]): Record<string, string> | null {
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [idx, part] of wanted.entries()) {
    const value = given[idx] ?? '';
    if (isParam(part) && value) params[part.slice(1)] = decode(value);
    else if (part !== value) return null;
  }
  return params;
}

function isParam(part: string): boolean {
  return part.startsWith('$');
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
