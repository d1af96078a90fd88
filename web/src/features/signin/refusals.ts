import { ApiError } from '@/api/client';
import { PasskeyRefusal } from '@/lib/passkeys';
import { useText } from './strings';

/** In the shape in which the server refuses, so that forms show both alike. */
function said(words: string): ApiError {
  return new ApiError({ type: '/problems/passkey-refused', title: words, status: 422, detail: words });
}

/** What a device refused, in words that say what to do now; what the server refused stays as it is. */
export function useRefusal(): (error: unknown, isAdding?: boolean) => unknown {
  const t = useText();
  return (error, isAdding = false) => {
    if (!(error instanceof PasskeyRefusal)) return error;
    switch (error.why) {
      case 'known':
        return said(t('passkey_known'));
      case 'device':
        return said(t('passkey_device'));
      case 'address':
        return said(t('passkey_address'));
      default:
        return said(isAdding ? t('passkey_add_cancelled') : t('passkey_show_cancelled'));
    }
  };
}
