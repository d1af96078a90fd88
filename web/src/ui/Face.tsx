import { hueOf, initialsOf } from '@/lib/person';
import { useSavesData } from './useSavesData';
import styles from './Face.module.css';

export type FaceProps = {
  id: string;
  name: string;
  picture?: string | null | undefined;
  /** Edge in pixels. */
  size?: number;
};

/** A person's picture, or their initials on a steady colour. Where data is saved, only initials.
 *  Decoration: the name stands beside it in text. */
export function Face({ id, name, picture, size = 36 }: FaceProps) {
  const look = { inlineSize: size, blockSize: size, fontSize: Math.round(size * 0.37), '--hue': hueOf(id) };
  const isLoaded = !useSavesData();
  if (picture && isLoaded) {
    return <img className={styles.face} style={look} src={picture} alt="" width={size} height={size} decoding="async" />;
  }
  return <span className={styles.face} style={look} aria-hidden="true" data-initials={initialsOf(name)} />;
}
