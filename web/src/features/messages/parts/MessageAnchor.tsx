import { navigateToHref } from '@/router/location';
import type { MouseEvent, ReactNode } from 'react';
import { useIsActive } from './activeRow';

const OUTSIDE = /^(https?:|mailto:)/i;
const OWN_PATH = /^\/(?!\/)/;

/** A link that somebody wrote. Whatever is neither outside by a known scheme nor a path of ours stays plain text. */
export function MessageAnchor({ href, children }: { href: string; children: ReactNode }) {
  const tabIndex = useIsActive() ? 0 : -1;
  if (OWN_PATH.test(href)) {
    const go = (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      navigateToHref(href);
    };
    return (
      <a href={href} onClick={go} tabIndex={tabIndex}>
        {children}
      </a>
    );
  }
  if (!OUTSIDE.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" tabIndex={tabIndex}>
      {children}
    </a>
  );
}
