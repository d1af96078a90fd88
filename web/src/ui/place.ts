export type Align = 'start' | 'end';

const gap = 4;
const margin = 8;

/** Puts a fixed box under its anchor, or above it where there is more room, and keeps it inside the window.
 *  Works for both writing directions: `start` is the right edge in a right-to-left page. */
export function placeBeside(box: HTMLElement, anchor: Element, align: Align): void {
  const from = anchor.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const isRtl = getComputedStyle(box).direction === 'rtl';
  const fromLeftEdge = (align === 'start') !== isRtl;
  const x = fromLeftEdge ? from.left : from.right - size.width;
  const roomBelow = innerHeight - from.bottom - gap - margin;
  const above = size.height > roomBelow && from.top > roomBelow;
  const y = above ? from.top - gap - size.height : from.bottom + gap;
  box.style.setProperty('--x', `${clamp(x, margin, innerWidth - size.width - margin)}px`);
  box.style.setProperty('--y', `${clamp(y, margin, innerHeight - size.height - margin)}px`);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
