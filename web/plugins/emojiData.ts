import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);
const { version } = require('emojibase-data/package.json') as { version: string };
const FILES = ['en/data.json', 'en/messages.json'];

/** The emoji picker reads these two files by name; from here they come from our own origin, never from a CDN. The version in
 *  the path lets them be cached for ever. */
export function emojiData(): Plugin {
  const folder = `assets/emoji-${version}`;
  const read = (file: string) => readFileSync(require.resolve(`emojibase-data/${file}`));
  return {
    name: 'antiphon-emoji-data',
    config: () => ({ define: { __EMOJI_URL__: JSON.stringify(`/${folder}`) } }),
    configureServer(dev) {
      dev.middlewares.use((req, res, next) => {
        const file = FILES.find((name) => req.url === `/${folder}/${name}`);
        if (!file) return next();
        res.setHeader('content-type', 'application/json');
        res.end(read(file));
      });
    },
    generateBundle() {
      for (const file of FILES) this.emitFile({ type: 'asset', fileName: `${folder}/${file}`, source: read(file) });
    },
  };
}
