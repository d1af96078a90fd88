import { useQuery } from '@tanstack/react-query';
import type { OutgoingHook } from '@/api/types';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { Skeleton } from '@/ui/Skeleton';
import { useSendAgain } from '../changes';
import { deliveriesQuery } from '../queries';
import { useText } from '../strings';
import { DeliveryRow } from './DeliveryRow';

/** What went out of a hook and what waits, the newest first. */
export function DeliveriesDialog({ hook, onClose }: { hook: OutgoingHook; onClose: () => void }) {
  const t = useText();
  const { data: deliveries, error, refetch } = useQuery(deliveriesQuery(hook.channel_id, hook.id));
  const again = useSendAgain(hook.channel_id, hook.id);
  const close = (
    <Button tone="primary" onClick={onClose}>
      {t('done')}
    </Button>
  );
  return (
    <Dialog title={t('log_of', { name: hook.name })} hint={t('log_hint')} size="l" onClose={onClose} actions={close}>
      {!deliveries && !error && <Skeleton rows={3} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {deliveries?.length === 0 && <EmptyState text={t('log_empty')} />}
      {deliveries && deliveries.length > 0 && (
        <CardList label={t('log')}>
          {deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} onAgain={() => again.mutate(delivery.id)} />
          ))}
        </CardList>
      )}
      <FormError error={again.error} />
    </Dialog>
  );
}
