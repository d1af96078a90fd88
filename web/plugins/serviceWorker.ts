import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Chunk = { type: 'chunk'; fileName: string; imports: string[]; moduleIds: string[]; viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } };

const FILE = 'sw.js';
/** What the first screen is made of, and what it needs without a network. */
const FIRST = ['main.tsx', 'app/HomeRoute.tsx', 'app/ChannelRoute.tsx', 'realtime/keeping.ts', 'realtime/outboxStore.ts', 'app/worker.ts'];
/** Large or seldom: kept once somebody has used it. */
const ON_USE = /\/emoji-|\/vision-|tasks-vision|track-processors|katex|highlight\.js|lowlight/i;

/** Tells the service worker which files the build has. It is written last, because it names all the others. */
export function serviceWorker(): Plugin {
  let files = '';
  return {
    name: 'antiphon-service-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file): file is typeof file & Chunk => file.type === 'chunk');
      const first = reachable(chunks, (id) => FIRST.some((path) => id.endsWith(`/src/${path}`)));
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/') && /\.(js|css|woff2)$/.test(name));
      const onUse = new Set(chunks.filter(({ moduleIds }) => moduleIds.some((id) => ON_USE.test(id))).map(({ fileName }) => fileName));
      const isFirst = (name: string) => first.has(name) || name.startsWith('assets/appearance');
      const all = [...assets, 'assets/appearance-1.js'].sort();
      const pathsOf = (names: string[]) => names.map((name) => `/${name}`);
      files = JSON.stringify({
        pages: { app: '/', signIn: '/sign-in' },
        first: pathsOf(all.filter(isFirst)),
        rest: pathsOf(all.filter((name) => !isFirst(name) && !onUse.has(name) && !ON_USE.test(name))),
      });
    },
    writeBundle({ dir = '' }) {
      const worker = readFileSync(join(dir, FILE), 'utf8');
      const hash = createHash('sha256').update(files).update(worker);
      for (const page of ['index.html', 'auth.html']) hash.update(readFileSync(join(dir, page)));
      const build = hash.digest('hex').slice(0, 16);
      writeFileSync(join(dir, FILE), `const __FILES__=${files.replace('{', `{"build":"${build}",`)};\n${worker}`);
    },
  };
}

/** These chunks and all that they load before they can run. */
function reachable(chunks: Chunk[], isWanted: (id: string) => boolean): Set<string> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const names = new Set<string>();
  const visit = (chunk: Chunk | undefined) => {
    if (!chunk || names.has(chunk.fileName)) return;
    names.add(chunk.fileName);
    for (const name of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])]) names.add(name);
    for (const name of chunk.imports) visit(byName.get(name));
  };
  for (const chunk of chunks) if (chunk.moduleIds.some(isWanted)) visit(chunk);
  return names;
}
