import type { Id } from '@/api/types';
import type { Tile } from '../engine/call';
import { columnsOf } from '../model';
import { useText } from '../strings';
import styles from './Live.module.css';
import { TileBox } from './TileBox';

/** Everybody who is in; what somebody shows stands first and large. */
export function Stage({ tiles, hands }: { tiles: readonly Tile[]; hands: ReadonlySet<Id> }) {
  const t = useText();
  // The type of styles knows no properties of our own.
  const columns: Record<string, number> = { '--columns': columnsOf(tiles.length) };
  const sorted = [...tiles].sort((a, b) => Number(b.isScreen) - Number(a.isScreen));
  return (
    <ul className={styles.stage} aria-label={t('stage')} style={columns} data-screen={tiles.some(({ isScreen }) => isScreen) || undefined}>
      {sorted.map((tile) => (
        <TileBox key={tile.key} tile={tile} hasHand={hands.has(tile.person_id)} />
      ))}
    </ul>
  );
}
