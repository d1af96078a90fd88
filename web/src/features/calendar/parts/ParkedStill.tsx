import type { Id } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { useCallOff } from '../queries';
import { useText } from '../strings';

type ParkedStillProps = { meetingId: Id; error: unknown; onRead: () => void; onClose: () => void };

/** It is written, and the meeting still stands: calling it off can be tried again. */
export function ParkedStill({ meetingId, error, onRead, onClose }: ParkedStillProps) {
  const t = useText();
  const callOff = useCallOff(meetingId);
  return (
    <Dialog
      title={t('park')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onRead}>
            {t('park_read')}
          </Button>
          <Button tone="danger" busy={callOff.isPending} onClick={() => callOff.mutate(false, { onSuccess: onRead })}>
            {t('call_off')}
          </Button>
        </>
      }
    >
      <p>{t('park_still')}</p>
      <FormError error={callOff.error ?? error} />
    </Dialog>
  );
}
