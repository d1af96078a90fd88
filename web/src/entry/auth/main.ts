/**
 * The small pages before the app: sign-in, set-up, join, reset. Plain TypeScript, so that a newcomer on a slow line waits for
 * 60 kB at most. Knows the API client and the texts, nothing of the app.
 */
import '@/ui/tokens.css';
import '@/ui/base.css';
import './auth.css';
import { followSystemColours } from '@/lib/appearance';
import '@/lib/dataUse';
import { onProblem } from '@/api/client';
import { beginLanguage } from '@/i18n/core';
import { sayProblem } from '@/i18n/problems';
import { forgotPage } from './forgotPage';
import { invitedPage } from './invitedPage';
import { guestEndedPage, guestPage } from './guestPage';
import { joinPage } from './joinPage';
import { oidcPage } from './oidcPage';
import { resetPage } from './resetPage';
import { setupPage } from './setupPage';
import { showPage, type Page } from './sheet';
import { signInPage } from './signInPage';
import { unsubscribePage } from './unsubscribePage';
import { loadTexts } from './strings';

function pageOf(pathname: string): Page {
  const [, page = '', token = ''] = pathname.split('/');
  switch (page) {
    case 'setup':
      return setupPage(decodeURIComponent(token));
    case 'join':
      return joinPage(decodeURIComponent(token));
    case 'guest':
      return token === 'ended' ? guestEndedPage() : guestPage(decodeURIComponent(token));
    case 'invited':
      return invitedPage(decodeURIComponent(token));
    case 'when':
      return async () => (await import('./whenPage')).whenPage(decodeURIComponent(token))();
    case 'forgot':
      return forgotPage();
    case 'reset':
      return resetPage(decodeURIComponent(token));
    case 'unsubscribe':
      return unsubscribePage(decodeURIComponent(token));
    case 'sign-in':
      return token === 'oidc' ? oidcPage() : signInPage();
    default:
      return signInPage();
  }
}

followSystemColours();
onProblem(sayProblem);
void beginLanguage(loadTexts).then(() => showPage(pageOf(location.pathname)));
