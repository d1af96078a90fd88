import { IconMessage } from '@tabler/icons-react';
import { navigate } from '@/router/location';
import type { Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { useStartDirect } from '../changes';
import { useText } from '../strings';

/** Opens the direct conversation with somebody, and makes it if there is none. */
export function WriteToPerson({ personId }: { personId: Id }) {
  const t = useText();
  const begin = useStartDirect();
  return (
    <div>
      <Button
        tone="primary"
        icon={<IconMessage size={18} stroke={1.6} aria-hidden="true" />}
        busy={begin.isPending}
        onClick={() =>
          begin.mutate([personId], {
            onSuccess: (row) => navigate({ to: '/c/$channelId', params: { channelId: row.id } }),
          })
        }
      >
        {t('write')}
      </Button>
      <FormError error={begin.error} />
    </div>
  );
}
