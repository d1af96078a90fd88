/** Colours and density as this browser's reader chose them. The first paint is set by /assets/appearance-1.js, which reads
 *  the same entry; this file changes it later and follows the system while the choice is `auto`. */
export type Scheme = 'auto' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';
export type Appearance = { scheme: Scheme; density: Density };

const storageKey = 'antiphon.appearance';
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)');

export function readAppearance(): Appearance {
  try {
    return parseAppearance(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return { scheme: 'auto', density: 'comfortable' };
  }
}

export function saveAppearance(appearance: Appearance): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(appearance));
  } catch {
    // Without storage the choice holds until the page is left.
  }
  applyAppearance(appearance);
}

/** Keeps the page in step with the system's colours. Returns its undo. */
export function followSystemColours(): () => void {
  const query = systemIsDark();
  const apply = () => applyAppearance(readAppearance());
  query.addEventListener('change', apply);
  return () => query.removeEventListener('change', apply);
}

export function parseAppearance(stored: unknown): Appearance {
  const given = typeof stored === 'object' && stored !== null ? stored : {};
  const scheme = 'scheme' in given ? given.scheme : null;
  const density = 'density' in given ? given.density : null;
  return {
    scheme: scheme === 'light' || scheme === 'dark' ? scheme : 'auto',
    density: density === 'compact' ? 'compact' : 'comfortable',
  };
}

function applyAppearance({ scheme, density }: Appearance): void {
  const isDark = scheme === 'dark' || (scheme === 'auto' && systemIsDark().matches);
  const root = document.documentElement;
  root.dataset.mantineColorScheme = isDark ? 'dark' : 'light';
  if (density === 'compact') root.dataset.density = 'compact';
  else delete root.dataset.density;
}
