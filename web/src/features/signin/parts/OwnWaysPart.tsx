import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { ownWaysQuery, signInWaysQuery } from '../queries';
import { useText } from '../strings';
import { IdentityPart } from './IdentityPart';
import { PasskeysPart } from './PasskeysPart';
import { SecondStepPart } from './SecondStepPart';

/** The ways in besides the password, on the page of password and devices. */
export function OwnWaysPart() {
  const t = useText();
  const { data: ways, error, refetch } = useQuery(ownWaysQuery);
  const { data: offered } = useQuery(signInWaysQuery);
  if (ways) {
    return (
      <>
        {ways.passkeys && <PasskeysPart passkeys={ways.passkeys} />}
        {ways.password && <SecondStepPart ways={ways} />}
        {offered?.oidc && <IdentityPart ways={ways} name={offered.oidc} />}
      </>
    );
  }
  return <Section title={t('second_step')}>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={1} />}</Section>;
}
