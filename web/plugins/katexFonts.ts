import type { Plugin } from 'vite';

/** KaTeX names each font three times; every browser that runs the app reads WOFF2, and the others would double the binary's fonts. */
export function katexFonts(): Plugin {
  return {
    name: 'antiphon-katex-fonts',
    enforce: 'pre',
    transform(css, id) {
      if (!/katex[^?]*\.css/.test(id)) return null;
      return { code: css.replaceAll(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, ''), map: null };
    },
  };
}
