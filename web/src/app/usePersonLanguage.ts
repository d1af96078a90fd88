import { useEffect, useState } from 'react';
import type { Me } from '@/api/types';
import { setLanguage } from '@/i18n/core';

/** The page speaks the person's language. False until it does for the first time, so that nobody sees the texts change. */
export function usePersonLanguage(me: Me | undefined): boolean {
  const language = me?.language;
  const [isSpoken, setSpoken] = useState(false);
  useEffect(() => {
    if (language) void setLanguage(language).then(() => setSpoken(true));
  }, [language]);
  return isSpoken;
}
