import { Face, type FaceProps } from './Face';
import styles from './Faces.module.css';

/** A few faces side by side, never overlapping (initials stay readable). The caller names them in text. */
export function Faces({ people, size = 26, max = 3 }: { people: FaceProps[]; size?: number; max?: number }) {
  return (
    <span className={styles.faces} aria-hidden="true">
      {people.slice(0, max).map((person) => (
        <Face key={person.id} {...person} size={size} />
      ))}
    </span>
  );
}
