import { createContext } from 'react';

/** True inside a panel that fills a phone's screen: it is the page's main part then, and its title the page's title. */
export const PanelIsPage = createContext(false);
