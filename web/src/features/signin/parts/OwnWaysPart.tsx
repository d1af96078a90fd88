import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { ownWaysQuery } from '../queries';
import { useText } from '../strings';
import { SecondStepPart } from './SecondStepPart';

/** The ways in besides the password, on the page of password and devices. */
export function OwnWaysPart() {
  const t = useText();
  const { data: ways, error, refetch } = useQuery(ownWaysQuery);
  if (ways) return <SecondStepPart ways={ways} />;
  return <Section title={t('second_step')}>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={1} />}</Section>;
}
