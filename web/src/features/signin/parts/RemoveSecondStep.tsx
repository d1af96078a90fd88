import { IconDeviceMobileOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { Person } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { showToast } from '@/ui/toast';
import { useRemoveSecondStepOf } from '../changes';
import { useText } from '../strings';

/** For whoever is locked out: an administrator takes the second step away. */
export function RemoveSecondStep({ person }: { person: Person }) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const remove = useRemoveSecondStepOf(person.id);
  function close() {
    setAsking(false);
    remove.reset();
  }
  function confirm() {
    settle(remove.mutateAsync(), {
      onSuccess: () => {
        close();
        showToast(t('removed_of', { name: person.name }));
      },
    });
  }
  return (
    <>
      <Button tone="outline" icon={<IconDeviceMobileOff size={18} stroke={1.6} aria-hidden="true" />} onClick={() => setAsking(true)}>
        {t('remove_of')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('remove_of_title', { name: person.name })}
          confirmLabel={t('remove')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={confirm}
          onClose={close}
        >
          {t('remove_of_hint')}
        </ConfirmDialog>
      )}
    </>
  );
}
