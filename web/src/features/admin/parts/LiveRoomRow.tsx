import type { LiveRoom } from '@/api/types';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { liveRoomWords } from '../liveRooms';
import { useText } from '../strings';

/** One room: where it is, how full, and how its lines are. */
export function LiveRoomRow({ room }: { room: LiveRoom }) {
  const t = useText();
  const { title, facts, warnings } = liveRoomWords(room, t);
  const chips = warnings.map((warning) => (
    <Chip key={warning} tone="due">
      {warning}
    </Chip>
  ));
  return <CardRow title={title} text={facts.join(' · ')} end={chips.length > 0 && chips} />;
}
