import { initReactI18next, useTranslation } from 'react-i18next';
import { i18n, registerText, type Text } from './core';

initReactI18next.init(i18n);

/** `export const useText = defineText('spaces', strings)` in a feature's `strings.ts`; then `const t = useText()`. */
export function defineText<Strings extends Record<string, string>>(feature: string, english: Strings): () => Text<Strings> {
  const text = registerText(feature, english);
  return function useText() {
    useTranslation(feature);
    return text;
  };
}
