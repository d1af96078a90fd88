import problems from './problems.ar.json';
import { textsOf } from './textsOf';

export { problems };

export const texts = textsOf(import.meta.glob<Record<string, string>>('/src/{app,ui,features}/**/strings.ar.json', { eager: true, import: 'default' }));
