import { useId, useState } from 'react';
import type { Id, RotaView } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { useChangeRota } from '../queries';
import { useText } from '../strings';

type HandOverDialogProps = { view: RotaView; nameOf: (id: Id) => string; onClose: () => void };

/** Somebody else from now on. */
export function HandOverDialog({ view: { rota }, nameOf, onClose }: HandOverDialogProps) {
  const t = useText();
  const formId = useId();
  const others = rota.members.filter(({ has_agreed, person_id }) => has_agreed && person_id !== rota.on_call).map(({ person_id }) => person_id);
  const next = rota.turns[1]?.person_id ?? '';
  const [person_id, setPerson] = useState<Id>(others.includes(next) ? next : (others[0] ?? ''));
  const change = useChangeRota(rota.space_id);
  return (
    <Dialog
      title={t('hand_over')}
      hint={t(others.length === 0 ? 'nobody_else' : 'hand_over_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={change.isPending} disabled={person_id === ''}>
            {t('hand_over')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => change.mutate({ kind: 'hand_over', person_id }, { onSuccess: onClose })}>
        {others.length > 0 && <Select label={t('to_whom')} value={person_id} options={others.map((value) => ({ value, label: nameOf(value) }))} onChange={setPerson} />}
        <FormError error={change.error} />
      </Form>
    </Dialog>
  );
}
