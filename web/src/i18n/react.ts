import { useSyncExternalStore } from 'react';
import { registerText, spokenLanguage, subscribeToLanguage, type Text } from './core';

/** `export const useText = defineText('spaces', strings)` in a feature's `strings.ts`; then `const t = useText()`. */
export function defineText<Strings extends Record<string, string>>(feature: string, english: Strings): () => Text<Strings> {
  const text = registerText(feature, english);
  return function useText() {
    useSyncExternalStore(subscribeToLanguage, spokenLanguage, spokenLanguage);
    return text;
  };
}
