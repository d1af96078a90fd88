import { useEffect } from 'react';
import type { Me } from '@/api/types';
import { setLanguage } from '@/i18n/core';

/** The page speaks the person's language. */
export function usePersonLanguage(me: Me | undefined): void {
  const language = me?.language;
  useEffect(() => {
    if (language) setLanguage(language);
  }, [language]);
}
