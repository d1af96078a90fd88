import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { useBlock } from '../queries';
import { useText } from '../strings';

export function UnblockButton({ personId }: { personId: Id }) {
  const t = useText();
  const name = usePerson(personId)?.name ?? t('someone');
  const block = useBlock();
  return (
    <>
      <Button
        size="s"
        tone="outline"
        busy={block.isPending}
        aria-label={t('unblock_name', { name })}
        onClick={() => block.mutate({ person_id: personId, blocked: false })}
      >
        {t('unblock')}
      </Button>
      <FormError error={block.error} />
    </>
  );
}
