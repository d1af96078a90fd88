import problems from './problems.de.json';
import { textsOf } from './textsOf';

export { problems };

export const texts = textsOf(import.meta.glob<Record<string, string>>('/src/{app,ui,features}/**/strings.de.json', { eager: true, import: 'default' }));
