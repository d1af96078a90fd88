import { navigate } from '@/router/location';
import { useMemo, useState } from 'react';
import type { Person } from '@/api/types';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { useStartDirect } from '../changes';
import { maxOthersInDirect } from '../limits';
import { useText } from '../strings';
import { PeoplePicker } from './PeoplePicker';

export function NewDirectDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const me = useMe();
  const [chosen, setChosen] = useState<Person[]>([]);
  const begin = useStartDirect();
  const without = useMemo(() => new Set(me ? [me.id] : []), [me]);

  function start() {
    begin.mutate(
      chosen.map((person) => person.id),
      {
        onSuccess: (row) => {
          onClose();
          navigate({ to: '/c/$channelId', params: { channelId: row.id } });
        },
      },
    );
  }

  return (
    <Dialog
      title={t('new_direct')}
      hint={t('new_direct_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={begin.isPending} disabled={chosen.length === 0} onClick={start}>
            {t('start')}
          </Button>
        </>
      }
    >
      <PeoplePicker chosen={chosen} onChange={setChosen} without={without} max={maxOthersInDirect} />
      <FormError error={begin.error} />
    </Dialog>
  );
}
