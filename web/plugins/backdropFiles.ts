import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);
const library = dirname(require.resolve('@mediapipe/tasks-vision'));
const { version } = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')) as { version: string };
const MODEL = new URL('./selfie.tflite', import.meta.url);
/** All browsers that can change a picture as it comes know SIMD, so the other build of the library is left out. */
const FILES: Record<string, { path: string | URL; type: string }> = {
  'vision_wasm_internal.js': { path: join(library, 'wasm/vision_wasm_internal.js'), type: 'text/javascript' },
  'vision_wasm_internal.wasm': { path: join(library, 'wasm/vision_wasm_internal.wasm'), type: 'application/wasm' },
  'selfie-1.tflite': { path: MODEL, type: 'application/octet-stream' },
};

/** What tells a person from what is behind them asks for these by name; they come from our own origin, never from a CDN. The
 *  program and the model lie there compressed: the binary grows by 3 MB instead of 10. */
export function backdropFiles(): Plugin {
  const folder = `assets/vision-${version}`;
  return {
    name: 'antiphon-backdrop-files',
    config: () => ({ define: { __VISION_URL__: JSON.stringify(`/${folder}`) } }),
    configureServer(dev) {
      dev.middlewares.use((req, res, next) => {
        const file = Object.entries(FILES).find(([name]) => req.url === `/${folder}/${name}`)?.[1];
        if (!file) return next();
        res.setHeader('content-type', file.type);
        res.end(readFileSync(file.path));
      });
    },
    generateBundle() {
      for (const [name, { path }] of Object.entries(FILES)) {
        const source = readFileSync(path);
        if (name.endsWith('.js')) this.emitFile({ type: 'asset', fileName: `${folder}/${name}`, source });
        else this.emitFile({ type: 'asset', fileName: `${folder}/${name}.gz`, source: gzipSync(source, { level: 9 }) });
      }
    },
  };
}
