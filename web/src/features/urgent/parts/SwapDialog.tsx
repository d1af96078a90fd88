import { useId, useState } from 'react';
import type { Id, RotaView } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { useChangeRota } from '../queries';
import { useText } from '../strings';

type SwapDialogProps = { view: RotaView; nameOf: (id: Id) => string; onClose: () => void };

/** Nobody in particular: as the rota says. */
const AS_PLANNED = '';

/** Somebody else for a day. */
export function SwapDialog({ view: { rota }, nameOf, onClose }: SwapDialogProps) {
  const t = useText();
  const formId = useId();
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: rota.time_zone, dateStyle: 'short' }).format(new Date());
  const [day, setDay] = useState(today);
  const agreed = rota.members.filter(({ has_agreed }) => has_agreed).map(({ person_id }) => person_id);
  const [person_id, setPerson] = useState<Id>(agreed.find((id) => id !== rota.on_call) ?? agreed[0] ?? AS_PLANNED);
  const change = useChangeRota(rota.space_id);
  const save = () => change.mutate({ kind: 'swap', day, person_id: person_id === AS_PLANNED ? null : person_id }, { onSuccess: onClose });
  return (
    <Dialog
      title={t('swap')}
      hint={t('swap_hint', { zone: rota.time_zone.replaceAll('_', ' ') })}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={change.isPending} disabled={day === ''}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        <TextField label={t('day')} type="date" value={day} min={today} onChange={setDay} required />
        <Select
          label={t('who')}
          value={person_id}
          options={[...agreed.map((value) => ({ value, label: nameOf(value) })), { value: AS_PLANNED, label: t('as_planned') }]}
          onChange={setPerson}
        />
        <FormError error={change.error} />
      </Form>
    </Dialog>
  );
}
