import { IconBan, IconFlag } from '@tabler/icons-react';
import type { Id, Message } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { MenuItem } from '@/ui/MenuItem';
import { useIsBlocked } from '../queries';
import { useText } from '../strings';

const LOOK = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

type MessageItemsProps = { message: Message; me_id: Id; onChoose: (kind: string) => void };

/** In the menu of a message. */
export function MessageItems({ message, me_id, onChoose }: MessageItemsProps) {
  const t = useText();
  const name = usePerson(message.author_id)?.name ?? t('someone');
  const isBlocked = useIsBlocked(message.author_id);
  if (message.author_id === me_id) return null;
  return (
    <>
      <MenuItem icon={<IconFlag {...LOOK} />} onSelect={() => onChoose('report')}>
        {t('report')}
      </MenuItem>
      {!isBlocked && (
        <MenuItem icon={<IconBan {...LOOK} />} onSelect={() => onChoose('block')}>
          {t('block_name', { name })}
        </MenuItem>
      )}
    </>
  );
}
