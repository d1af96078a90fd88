import { IconBellOff, IconCalendarTime } from '@tabler/icons-react';
import { Suspense, useState, type ReactNode } from 'react';
import type { ChannelRow, Id } from '@/api/types';
import { MenuItem } from '@/ui/MenuItem';
import { useSendParts, type How, type Offer } from '../sending';

const NONE: readonly Offer[] = [];
const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

type Later = {
  /** What Send does, when that is something else than posting at once. */
  first: Offer | undefined;
  items: ReactNode;
  line: ReactNode;
  dialog: ReactNode;
};

/** Other ways of sending: what Send does, the items of its menu, and the dialog that asks for a time. */
export function useLater(channel: ChannelRow, topic_id: Id | null, isOffered: boolean, onChoose: (how: How) => void): Later {
  const parts = useSendParts();
  const [offers, setOffers] = useState(NONE);
  const [isPicking, setPicking] = useState(false);
  if (!parts) return { first: undefined, items: null, line: null, dialog: null };
  const [first, ...others] = isOffered ? offers : NONE;
  return {
    first,
    items: isOffered && (
      <>
        {others.map(({ how, label }) => (
          <MenuItem
            key={how.kind}
            icon={how.kind === 'silent' ? <IconBellOff {...icon} /> : <IconCalendarTime {...icon} />}
            onSelect={() => onChoose(how)}
          >
            {label}
          </MenuItem>
        ))}
        <Suspense fallback={null}>
          <parts.Items channel={channel} onChoose={onChoose} onPick={() => setPicking(true)} />
        </Suspense>
      </>
    ),
    line: (
      <Suspense fallback={null}>
        <parts.Line channel_id={channel.id} topic_id={topic_id} />
        {channel.kind === 'direct' && <parts.Landing channel={channel} onOffers={setOffers} />}
      </Suspense>
    ),
    dialog: isPicking && (
      <Suspense fallback={null}>
        <parts.Dialog
          channel={channel}
          onChoose={(how) => {
            setPicking(false);
            onChoose(how);
          }}
          onClose={() => setPicking(false)}
        />
      </Suspense>
    ),
  };
}
