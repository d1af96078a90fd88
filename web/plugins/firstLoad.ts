import type { Plugin } from 'vite';

const AUTH = '/src/entry/auth/main.ts';
/** The first screen is nearly always a conversation. */
const FIRST = ['/src/main.tsx', '/src/app/HomeRoute.tsx', '/src/app/ChannelRoute.tsx'];

/**
 * Puts all that the first screen needs into two files: what the sign-in pages need too, and the rest. Cut by who shares what,
 * it would be twenty; a browser asks for six at a time, and where an answer takes two seconds, that is six seconds more.
 */
export function firstLoad() {
  const shared = new Set<string>();
  const first = new Set<string>();
  const plugin: Plugin = {
    name: 'antiphon-first-load',
    apply: 'build',
    buildEnd() {
      const importsOf = (id: string) => this.getModuleInfo(id)?.importedIds ?? [];
      const entries = (paths: string[]) => [...this.getModuleIds()].filter((id) => paths.some((path) => id.endsWith(path)));
      const auth = reachable(entries([AUTH]), importsOf);
      for (const id of reachable(entries(FIRST), importsOf)) (auth.has(id) ? shared : first).add(id);
    },
  };
  const groups = [
    { name: 'base', test: (id: string) => shared.has(id), priority: 2 },
    { name: 'first', test: (id: string) => first.has(id), priority: 1 },
  ];
  return { plugin, groups };
}

function reachable(entries: string[], importsOf: (id: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [...entries];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...importsOf(id));
  }
  return found;
}
