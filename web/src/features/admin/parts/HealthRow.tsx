import { IconAlertTriangle, IconCheck, IconExclamationCircle } from '@tabler/icons-react';
import type { Health } from '@/api/types';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { healthValues, partOf, slow_ms } from '../health';
import { useText } from '../strings';

const looks = {
  well: { Icon: IconCheck, tone: 'accent' },
  look: { Icon: IconExclamationCircle, tone: 'due' },
  broken: { Icon: IconAlertTriangle, tone: 'urgent' },
} as const;

/** One thing: how it is, what that means, what to do. */
export function HealthRow({ check }: { check: Health['checks'][number] }) {
  const t = useText();
  const { Icon, tone } = looks[check.state];
  const key = check.word === 'people_well' ? 'check_people_well' : (`check_${check.word}` as const);
  const values = healthValues(check);
  const took = check.took_ms >= slow_ms ? ` ${t('check_took', values)}` : '';
  return (
    <CardRow
      title={t(`part_${partOf(check.word)}`)}
      text={`${t(key, values)}${took}`}
      end={
        <Chip tone={tone} icon={<Icon size={14} stroke={1.8} aria-hidden="true" />}>
          {t(`state_${check.state}`)}
        </Chip>
      }
    />
  );
}
