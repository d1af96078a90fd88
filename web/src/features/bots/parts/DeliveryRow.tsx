import type { Delivery } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { allEvents, eventKey } from '../model';
import { useText } from '../strings';

export function DeliveryRow({ delivery, onAgain }: { delivery: Delivery; onAgain: () => void }) {
  const t = useText();
  const known = allEvents.find((event) => event === delivery.kind);
  const facts = [
    delivery.status === null ? null : String(delivery.status),
    delivery.duration_ms === null ? null : t('took', { ms: delivery.duration_ms }),
    delivery.n_attempts > 0 ? t('n_attempts', { count: delivery.n_attempts }) : null,
    delivery.error,
  ];
  return (
    <CardRow
      title={`${known ? t(eventKey(known)) : delivery.kind} · ${formatDateTime(delivery.at, currentLocale())}`}
      text={facts.filter(Boolean).join(' · ')}
      end={
        <>
          <Chip tone={delivery.state === 'delivered' ? 'accent' : 'calm'}>{t(`state_${delivery.state}`)}</Chip>
          {delivery.state !== 'waiting' && (
            <Button size="s" tone="plain" onClick={onAgain} aria-label={t('again_name', { seq: delivery.seq })}>
              {t('again')}
            </Button>
          )}
        </>
      }
    />
  );
}
