import { PasskeyRefusal } from '@/lib/passkeys';
import { useText } from './strings';

/** What a device refused, in words that say what to do now; what the server refused stays as it is. */
export function useRefusal(): (error: unknown, isAdding?: boolean) => unknown {
  const t = useText();
  return (error, isAdding = false) => {
    if (!(error instanceof PasskeyRefusal)) return error;
    switch (error.why) {
      case 'known':
        return new Error(t('passkey_known'));
      case 'device':
        return new Error(t('passkey_device'));
      case 'address':
        return new Error(t('passkey_address'));
      default:
        return new Error(isAdding ? t('passkey_add_cancelled') : t('passkey_show_cancelled'));
    }
  };
}
