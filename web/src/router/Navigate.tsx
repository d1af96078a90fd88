import { useEffect } from 'react';
import { navigateToHref } from './location';
import { hrefOf, type Target } from './paths';

/** Goes on to another place at once; the back button skips this one. */
export function Navigate(target: Target) {
  const href = hrefOf(target);
  useEffect(() => navigateToHref(href, { replace: true }), [href]);
  return null;
}
