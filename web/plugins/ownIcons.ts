import type { Plugin } from 'vite';

const LIST = /import \{([^}]*)\} from ["']@tabler\/icons-react["'];?/g;

/**
 * Each module imports its icons from their own files, not from the list of all. Through the list, whatever shows one icon
 * seems to need them all, and every icon of the app would come with the first screen.
 */
export function ownIcons(): Plugin {
  return {
    name: 'antiphon-own-icons',
    apply: 'build',
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('@tabler/icons-react')) return null;
      return { code: code.replaceAll(LIST, (_, names: string) => names.split(',').map(importOne).join('')), map: null };
    },
  };
}

function importOne(named: string) {
  const [icon, alias = icon] = named.trim().split(/\s+as\s+/);
  return icon ? `import ${alias} from '@tabler/icons-react/dist/esm/icons/${icon}.mjs';` : '';
}
