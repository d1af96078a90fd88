import { useLayoutEffect } from 'react';
import { navigateToHref } from './location';
import { hrefOf, type Target } from './paths';

/**
 * Goes on to another place at once; the back button skips this one. In the same commit, not after it: a link that is followed in
 * between would be undone.
 */
export function Navigate(target: Target) {
  const href = hrefOf(target);
  useLayoutEffect(() => navigateToHref(href, { replace: true }), [href]);
  return null;
}
