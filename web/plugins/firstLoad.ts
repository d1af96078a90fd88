import type { Plugin } from 'vite';

const AUTH = '/src/entry/auth/main.ts';
/** The first screen is nearly always a conversation. */
const FIRST = ['/src/main.tsx', '/src/app/HomeRoute.tsx', '/src/app/ChannelRoute.tsx'];
/** What a conversation asks for as soon as it can be read, whoever reads it. */
const SOON = [
  '/src/app/ComposerLines.tsx',
  '/src/features/asks/parts/AsksPlace.tsx',
  '/src/features/asks/parts/AskUnder.tsx',
  '/src/features/asks/parts/AskWriting.tsx',
  '/src/features/calendar/parts/SoonLine.tsx',
  '/src/features/charters/parts/CharterLine.tsx',
  '/src/features/files/parts/AttachButtons.tsx',
  '/src/features/files/parts/ComposerTray.tsx',
  '/src/features/messages/parts/MessageMenu.tsx',
  '/src/features/moderation/parts/Notices.tsx',
  '/src/features/notify/parts/HeldCard.tsx',
  '/src/features/notify/parts/Telling.tsx',
  '/src/features/urgent/parts/UrgentBanner.tsx',
  '/src/ui/Toasts.tsx',
];

/** So small that a file of its own would weigh more than it holds: those that come later come together. */
const ICON = /@tabler\/icons-react\/dist\/esm\/icons\//;

/**
 * Puts all that the first screen needs into two files: what the sign-in pages need too, and the rest; and what follows at once into
 * a third. Cut by who shares what, it would be eighty; a browser asks for six at a time, and where an answer takes two seconds,
 * that is half a minute; each also costs the head of its answer.
 */
export function firstLoad() {
  const shared = new Set<string>();
  const first = new Set<string>();
  const soon = new Set<string>();
  const plugin: Plugin = {
    name: 'antiphon-first-load',
    apply: 'build',
    buildEnd() {
      const importsOf = (id: string) => this.getModuleInfo(id)?.importedIds ?? [];
      const entries = (paths: string[]) => [...this.getModuleIds()].filter((id) => paths.some((path) => id.endsWith(path)));
      const auth = reachable(entries([AUTH]), importsOf);
      for (const id of reachable(entries(FIRST), importsOf)) (auth.has(id) ? shared : first).add(id);
      for (const id of reachable(entries(SOON), importsOf)) if (!auth.has(id) && !first.has(id)) soon.add(id);
      for (const id of this.getModuleIds()) if (ICON.test(id) && !auth.has(id) && !first.has(id)) soon.add(id);
    },
  };
  const groups = [
    { name: 'base', test: (id: string) => shared.has(id), priority: 2 },
    { name: 'first', test: (id: string) => first.has(id), priority: 1 },
    { name: 'soon', test: (id: string) => soon.has(id), priority: 1 },
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
