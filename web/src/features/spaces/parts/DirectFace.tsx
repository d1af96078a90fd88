import type { Id } from '@/api/types';
import { useMe } from '@/realtime/start';
import { Face } from '@/ui/Face';
import { usePeople } from '../queries';
import styles from './DirectFace.module.css';

/** The other person's face; of a group, how many others there are. */
export function DirectFace({ people, size = 20 }: { people: Id[]; size?: number }) {
  const me = useMe();
  const others = people.filter((id) => id !== me?.id);
  const [first] = usePeople(others.slice(0, 1));
  if (others.length > 1) {
    return (
      <span className={styles.group} aria-hidden="true">
        {others.length}
      </span>
    );
  }
  return <Face id={first?.id ?? ''} name={first?.name ?? ''} picture={first?.picture} size={size} />;
}
