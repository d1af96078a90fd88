import type { ChannelRow } from '@/api/types';
import { KnockItem } from '@/features/knock/parts/KnockItem';
import { LaterItems } from '@/features/later/parts/LaterItems';
import type { SendParts } from '@/features/messages/sending';
import type { ComponentProps } from 'react';

/** Other ways than writing at once: later, or asking first whether it is a good time. */
export function SendItems(props: ComponentProps<SendParts['Items']> & { channel: ChannelRow }) {
  return (
    <>
      <LaterItems {...props} />
      <KnockItem channel={props.channel} />
    </>
  );
}
