import { makeIcon } from './dom';

export function brand(): SVGElement {
  const line = { 'stroke-width': '6', 'stroke-linecap': 'round' };
  return makeIcon(
    '0 0 64 64',
    44,
    ['rect', { width: '64', height: '64', rx: '18', fill: 'var(--accent)' }],
    ['path', { d: 'M20 46V27a12 12 0 0 1 24 0', stroke: 'var(--on-accent)', ...line }],
    ['path', { d: 'M32 34v12M44 39v7', stroke: 'var(--brand-2)', ...line }],
  );
}

/** Tabler's eye and eye-off. */
export function eye(isOpen: boolean): SVGElement {
  const line = { stroke: 'currentColor', 'stroke-width': '1.6', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  if (isOpen) {
    return makeIcon(
      '0 0 24 24',
      18,
      ['path', { d: 'M10 12a2 2 0 1 0 4 0a2 2 0 0 0 -4 0', ...line }],
      ['path', { d: 'M21 12c-2.4 4 -5.4 6 -9 6c-3.6 0 -6.6 -2 -9 -6c2.4 -4 5.4 -6 9 -6c3.6 0 6.6 2 9 6', ...line }],
    );
  }
  return makeIcon(
    '0 0 24 24',
    18,
    ['path', { d: 'M10.585 10.587a2 2 0 0 0 2.829 2.828', ...line }],
    [
      'path',
      {
        d: 'M16.681 16.673a8.717 8.717 0 0 1 -4.681 1.327c-3.6 0 -6.6 -2 -9 -6c1.272 -2.12 2.712 -3.678 4.32 -4.674m2.86 -1.146a9.055 9.055 0 0 1 1.82 -.18c3.6 0 6.6 2 9 6c-.666 1.11 -1.379 2.067 -2.138 2.87',
        ...line,
      },
    ],
    ['path', { d: 'M3 3l18 18', ...line }],
  );
}
