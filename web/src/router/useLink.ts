import type { MouseEvent } from 'react';
import { navigateToHref, type NavigateOptions } from './location';
import { hrefOf, type Target } from './paths';
import { usePlace } from './usePlace';

export type LinkTarget = Target & NavigateOptions;

/** What an `<a>` needs to lead to a place of the app. New tabs and the like stay the browser's business. */
export function useLink({ replace, ...target }: LinkTarget) {
  const href = hrefOf(target);
  return {
    href,
    isCurrent: isWithin(usePlace().pathname, href),
    onClick(event: MouseEvent<HTMLAnchorElement>) {
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (event.defaultPrevented || !isPlain) return;
      event.preventDefault();
      navigateToHref(href, { replace });
    },
  };
}

/** A place contains what lies under its path. */
function isWithin(pathname: string, href: string): boolean {
  const own = href.split(/[?#]/)[0] ?? '';
  return pathname === own || (own !== '/' && pathname.startsWith(`${own}/`));
}
