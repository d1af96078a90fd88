/** Code in colours: from text to tokens. Only the languages that people paste into a chat, each fetched when it is first met. */
import type { LanguageFn } from 'highlight.js';
import { createLowlight } from 'lowlight';

/** `kind` is one of the few that have a colour. */
export type Token = string | { kind: string; tokens: Token[] };

type Module = { default: LanguageFn };
const languages: Record<string, () => Promise<Module>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  haskell: () => import('highlight.js/lib/languages/haskell'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  julia: () => import('highlight.js/lib/languages/julia'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  latex: () => import('highlight.js/lib/languages/latex'),
  lua: () => import('highlight.js/lib/languages/lua'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  matlab: () => import('highlight.js/lib/languages/matlab'),
  php: () => import('highlight.js/lib/languages/php'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

/** What people write after the fence instead. */
const otherNames: Record<string, string> = {
  'c++': 'cpp', 'c#': 'csharp', cs: 'csharp', docker: 'dockerfile', golang: 'go', h: 'c', hpp: 'cpp', hs: 'haskell', html: 'xml',
  js: 'javascript', jsx: 'javascript', kt: 'kotlin', md: 'markdown', mjs: 'javascript', patch: 'diff', py: 'python', rb: 'ruby',
  rs: 'rust', sh: 'bash', shell: 'bash', svg: 'xml', tex: 'latex', toml: 'ini', ts: 'typescript', tsx: 'typescript', yml: 'yaml', zsh: 'bash',
};

/** Longer code would hold up the page; it is read without colours. */
const MAX_LENGTH = 10_000;

const kinds: Record<string, string> = {
  keyword: 'keyword', selector: 'keyword', 'selector-tag': 'keyword', tag: 'keyword', name: 'keyword', section: 'keyword', meta: 'keyword',
  string: 'string', regexp: 'string', symbol: 'string', addition: 'string',
  number: 'number', literal: 'number', built_in: 'number', type: 'number', attr: 'number', attribute: 'number',
  title: 'title', class_: 'title', function_: 'title',
  comment: 'comment', quote: 'comment',
  deletion: 'deletion',
};

const lowlight = createLowlight();

export function nameOfLanguage(lang: string): string | null {
  const lower = lang.toLowerCase();
  const name = otherNames[lower] ?? lower;
  return Object.hasOwn(languages, name) ? name : null;
}

export async function colour(name: string, text: string): Promise<Token[]> {
  const load = languages[name];
  if (!load || text.length > MAX_LENGTH) return [text];
  if (!lowlight.registered(name)) lowlight.register(name, (await load()).default);
  return lowlight.highlight(name, text).children.flatMap(tokenOf);
}

type Found = { type: string; value?: unknown; properties?: { className?: unknown }; children?: Found[] };

/** The library speaks in trees of HTML; of these only texts and the first name of each class are taken. */
function tokenOf(found: Found): Token[] {
  if (found.type === 'text') return [String(found.value)];
  const tokens = (found.children ?? []).flatMap(tokenOf);
  const names = Array.isArray(found.properties?.className) ? found.properties.className.map(String) : [];
  const kind = names.map((name) => kinds[name.replace(/^hljs-/, '')]).find((own) => own !== undefined);
  return kind ? [{ kind, tokens }] : tokens;
}
