import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { backdropFiles } from './plugins/backdropFiles.ts';
import { emojiData } from './plugins/emojiData.ts';
import { firstLoad } from './plugins/firstLoad.ts';
import { katexFonts } from './plugins/katexFonts.ts';
import { ownIcons } from './plugins/ownIcons.ts';
import { serviceWorker } from './plugins/serviceWorker.ts';

/** Where `vite dev` finds the server; `./x dev` starts both. */
const server = process.env['ANTIPHON_URL'] ?? 'http://127.0.0.1:8080';
const root = new URL('.', import.meta.url);
const path = (relative: string) => fileURLToPath(new URL(relative, root));

const first = firstLoad();
const authPages = /^\/(sign-in$|sign-in\/oidc$|forgot$|setup\/|join\/|guest\/|reset\/)/;

export default defineConfig({
  plugins: [
    react(),
    emojiData(),
    backdropFiles(),
    katexFonts(),
    ownIcons(),
    first.plugin,
    serviceWorker(),
    {
      name: 'antiphon-auth-pages',
      configureServer(dev) {
        dev.middlewares.use((req, _res, next) => {
          if (req.url && authPages.test(req.url.split('?')[0] ?? '')) req.url = '/auth.html';
          next();
        });
      },
    },
  ],
  resolve: { alias: { '@': path('./src') } },
  server: { proxy: { '/api': { target: server, ws: true } } },
  build: {
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
    // data: URLs are not allowed by our CSP (default-src 'self').
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: path('./index.html'), auth: path('./auth.html'), worker: path('./src/worker/worker.ts') },
      // A service worker rules over the folder that it lies in, so it lies at the top, without a hash.
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'sw.js' : 'assets/[name]-[hash].js'),
        // The first load names some 200 files, and gzip cannot shorten a hash: each has as few characters as may be.
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:7][extname]',
        codeSplitting: { groups: first.groups, includeDependenciesRecursively: false },
      },
    },
  },
  test: { environment: 'node', css: true, include: ['src/**/*.test.{ts,tsx}'] },
});
