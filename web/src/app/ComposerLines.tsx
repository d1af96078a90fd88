import type { Id } from '@/api/types';
import { TimingLine } from '@/features/advice/parts/TimingLine';
import { KnockLine } from '@/features/knock/parts/KnockLine';
import { LaterLine } from '@/features/later/parts/LaterLine';

/** On top of a composer, in a line each: what the conversation takes, and what waits in it. */
export function ComposerLines(place: { channel_id: Id; topic_id: Id | null }) {
  return (
    <>
      <KnockLine channel_id={place.channel_id} />
      <TimingLine {...place} />
      <LaterLine {...place} />
    </>
  );
}
