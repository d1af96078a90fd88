import { useQuery } from '@tanstack/react-query';
import type { Role } from '@/api/types';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { useSetPolicy } from '../changes';
import { policyQuery } from '../queries';
import { useText } from '../strings';
import styles from './SignIn.module.css';

const roles: readonly Role[] = ['owner', 'admin', 'member', 'guest'];

/** Of whom the workspace demands a second step. */
export function PolicyPart() {
  const t = useText();
  const { data: policy, error, refetch } = useQuery(policyQuery);
  const set = useSetPolicy();
  const demanded = policy?.second_step_roles ?? [];
  const change = (role: Role, on: boolean) => set.mutate({ second_step_roles: on ? [...demanded, role] : demanded.filter((one) => one !== role) });
  return (
    <Section title={t('demand')} hint={t('demand_hint')}>
      {!policy && !error && <Skeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {policy && (
        <div className={styles.roles}>
          {roles.map((role) => (
            <Switch
              key={role}
              label={t(`demand_${role}`)}
              checked={demanded.includes(role)}
              disabled={set.isPending}
              onChange={(on) => change(role, on)}
            />
          ))}
        </div>
      )}
      <FormError error={set.error} />
    </Section>
  );
}
