import { useId, useState } from 'react';
import type { GuestLink } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { periodOptions } from '../periods';
import { useExtendLink } from '../queries';
import { useText } from '../strings';

export function ExtendDialog({ link, onClose }: { link: GuestLink; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const options = periodOptions(t);
  const [period, setPeriod] = useState(options.at(-1)?.value ?? '');
  const extend = useExtendLink(link.channel_id, link.id);
  return (
    <Dialog
      title={t('extend')}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={extend.isPending}>
            {t('extend_confirm')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => extend.mutate(Number(period), { onSuccess: onClose })}>
        <Select label={t('extend_title')} value={period} options={options} onChange={setPeriod} />
        <FormError error={extend.error} />
      </Form>
    </Dialog>
  );
}
