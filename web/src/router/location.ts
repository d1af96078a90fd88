/** Where the browser stands, and going elsewhere without loading the page again. */
import { hrefOf, matchPath, parseSearch, type Match, type Search, type Target } from './paths';

/** `match` is null where nothing is; `hash` comes without its `#`. */
export type Place = { pathname: string; search: Search; hash: string; match: Match | null };
export type NavigateOptions = { replace?: boolean };

let current = read();
const listeners = new Set<() => void>();

export function currentPlace(): Place {
  return current;
}

export function navigate({ replace, ...target }: Target & NavigateOptions): void {
  navigateToHref(hrefOf(target), { replace });
}

/** For addresses that people wrote; `href` is a path of ours. */
export function navigateToHref(href: string, { replace = false }: { replace?: boolean | undefined } = {}): void {
  if (replace) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  update();
}

export function subscribeToPlace(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

addEventListener('popstate', update);

function update(): void {
  current = read();
  for (const listener of listeners) listener();
}

function read(): Place {
  const { pathname, search, hash } = location;
  return { pathname, search: parseSearch(search), hash: hash.slice(1), match: matchPath(pathname) };
}
