import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { healthQuery } from '../queries';
import { useText } from '../strings';
import { HealthRow } from './HealthRow';
import { LiveRoomList } from './LiveRoomList';

/** Is everything well? What is not comes first. */
export function HealthPage() {
  const t = useText();
  const { data: health, error, isFetching, refetch } = useQuery(healthQuery);
  const urgency = { broken: 0, look: 1, well: 2 };
  const checks = health?.checks.toSorted((one, other) => urgency[one.state] - urgency[other.state]);
  const again = (
    <Button size="s" tone="outline" busy={isFetching} icon={<IconRefresh size={16} stroke={1.6} aria-hidden="true" />} onClick={() => void refetch()}>
      {t('look_again')}
    </Button>
  );
  return (
    <>
      <Section
        title={health ? t(`all_${health.state}`) : t('health')}
        hint={health && t('health_hint', { time: formatTime(health.checked_at, currentLocale()) })}
        actions={again}
      >
        {!health && !error && <Skeleton rows={8} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {checks && (
          <CardList label={t('health')}>
            {checks.map((check) => (
              <HealthRow key={check.word} check={check} />
            ))}
          </CardList>
        )}
      </Section>
      <LiveRoomList />
    </>
  );
}
