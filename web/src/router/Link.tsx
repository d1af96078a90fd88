import type { ComponentProps } from 'react';
import { useLink, type LinkTarget } from './useLink';

export type LinkProps = LinkTarget & Omit<ComponentProps<'a'>, 'href' | 'onClick'> & { showsCurrent?: boolean };

/** A link to a place of the app. With `showsCurrent` it says when the reader is there. */
export function Link(props: LinkProps) {
  const { rest, target } = splitTarget(props);
  const { showsCurrent, ...anchor } = rest;
  const { href, isCurrent, onClick } = useLink(target);
  return <a aria-current={showsCurrent && isCurrent ? 'page' : undefined} {...anchor} href={href} onClick={onClick} />;
}

/** Takes the place out of the props of a link-like component. */
export function splitTarget<Props extends LinkTarget>(props: Props) {
  const { to, params, search, hash, replace, ...rest } = props;
  // The parts belong together in the union they came from; taking them apart loses that.
  const target = { to, params, search, hash, replace } as LinkTarget;
  return { target, rest };
}
