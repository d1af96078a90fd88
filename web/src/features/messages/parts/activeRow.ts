import { createContext, use } from 'react';

/** The feed is one tab stop: only inside the active row can links and buttons be reached with Tab. */
export const ActiveRow = createContext(true);

export function useIsActive(): boolean {
  return use(ActiveRow);
}
