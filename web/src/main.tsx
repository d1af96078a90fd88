import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onProblem } from '@/api/client';
import { App } from '@/app/App';
import { queryClient } from '@/app/queryClient';
import { beginLanguage } from '@/i18n/core';
import { sayProblem } from '@/i18n/problems';
import { loadTexts } from '@/i18n/loadTexts';
import { startQuery } from '@/realtime/start';
import '@/ui/tokens.css';
import '@/ui/fonts.css';
import '@/ui/base.css';

onProblem(sayProblem);
const root = document.getElementById('root');
if (root) {
  // All three are needed before anything can be read, so they travel side by side.
  void queryClient.prefetchQuery(startQuery);
  if (/^\/(c\/|$)/.test(location.pathname)) void import('@/app/ChannelRoute');
  void beginLanguage(loadTexts).then(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
}
