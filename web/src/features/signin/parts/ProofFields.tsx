import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { hasPasskeys } from '@/lib/passkeys';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { PasswordField } from '@/ui/PasswordField';
import { Skeleton } from '@/ui/Skeleton';
import { useProveByOidc, useProveByPasskey } from '../changes';
import { ownWaysQuery, signInWaysQuery } from '../queries';
import { useRefusal } from '../refusals';
import { useText } from '../strings';
import styles from './SignIn.module.css';

export type ProofFieldsProps = {
  password: string;
  onPassword: (password: string) => void;
  /** What the server said about the password. */
  error?: string | undefined;
  /** Shown by a passkey: nothing more is asked for. */
  onProven?: () => void;
};

/** Asks once more who it is: by the password, by a passkey, or at the other server; nothing of whoever has just shown it. */
export function ProofFields({ password, onPassword, error, onProven }: ProofFieldsProps) {
  const t = useText();
  const refusal = useRefusal();
  const { data: ways } = useQuery(ownWaysQuery);
  const { data: offered } = useQuery(signInWaysQuery);
  const byPasskey = useProveByPasskey();
  const byOidc = useProveByOidc();
  if (!ways) return <Skeleton rows={1} />;
  if (ways.proven && !error) {
    return (
      <p className={styles.proven} role="status">
        <IconCircleCheck size={18} stroke={1.6} aria-hidden="true" />
        {t('proven')}
      </p>
    );
  }
  const canPasskey = hasPasskeys() && (ways.passkeys?.length ?? 0) > 0;
  const other = ways.identity && offered?.oidc;
  return (
    <>
      {ways.password && (
        <PasswordField
          label={t('current_password')}
          value={password}
          onChange={onPassword}
          error={error}
          autoComplete="current-password"
          data-autofocus
          required
        />
      )}
      {!ways.password && <p>{canPasskey || other ? t('prove_first') : t('prove_by_signing_in')}</p>}
      {(canPasskey || other) && (
        <div className={styles.buttons}>
          {canPasskey && (
            <Button tone="outline" busy={byPasskey.isPending} onClick={() => byPasskey.mutate(undefined, { onSuccess: onProven })}>
              {t('prove_by_passkey')}
            </Button>
          )}
          {other && (
            <Button tone="outline" busy={byOidc.isPending} onClick={() => byOidc.mutate()}>
              {t('prove_by_oidc', { name: other })}
            </Button>
          )}
        </div>
      )}
      <FormError error={refusal(byPasskey.error) ?? byOidc.error} />
    </>
  );
}
