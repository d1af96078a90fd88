import type { Id } from '@/api/types';
import { useIsPhone } from '@/ui/useIsPhone';
import type { CallView } from '../engine/call';
import { arrange, columnsOf, type Layout } from '../model';
import { useText } from '../strings';
import styles from './Live.module.css';
import { TileBox } from './TileBox';

/** As many are seen at once; more would be stamps, and nobody looks at thirty faces. */
const SEEN = { wide: 9, phone: 6 };

type StageProps = {
  view: CallView;
  layout: Layout;
  pinned_id: Id | null;
  /** Whom I see interpreting. */
  interpreters: readonly Id[];
  hands: ReadonlySet<Id>;
  onPin: (id: Id | null) => void;
  onRest: () => void;
};

/** Who is in: in one size, or one of them large and the others beside it. */
export function Stage({ view, layout, pinned_id, interpreters: ids, hands, onPin, onRest }: StageProps) {
  const t = useText();
  const isPhone = useIsPhone();
  const { large, interpreters, others, n_hidden } = arrange(view.tiles, { layout, pinned_id, interpreters: ids }, isPhone ? SEEN.phone : SEEN.wide);
  // The type of styles knows no properties of our own.
  const n_seen = others.length + (n_hidden > 0 ? 1 : 0);
  const n_columns = columnsOf(n_seen, isPhone);
  const columns: Record<string, number> = { '--columns': n_columns, '--rows': Math.max(1, Math.ceil(n_seen / n_columns)) };
  const box = (tile: (typeof others)[number], isLarge: boolean) => (
    <TileBox
      key={tile.key}
      tile={tile}
      isLarge={isLarge}
      isSmall={large !== null && !isLarge && !interpreters.includes(tile)}
      interprets={interpreters.includes(tile)}
      hasHand={hands.has(tile.person_id)}
      isPinned={tile.person_id === pinned_id && !tile.isScreen}
      reaction={tile.isScreen ? undefined : view.reactions.findLast(({ person_id }) => person_id === tile.person_id)?.emoji}
      onPin={onPin}
    />
  );
  return (
    <ul className={styles.stage} aria-label={t('stage')} style={columns} data-large={large ? '' : undefined} data-interpreted={interpreters.length || undefined}>
      {large && box(large, true)}
      {interpreters.map((tile) => box(tile, false))}
      {others.map((tile) => box(tile, false))}
      {n_hidden > 0 && (
        <li className={styles.tile}>
          <button type="button" className={styles.rest} onClick={onRest}>
            {t('n_more', { count: n_hidden })}
          </button>
        </li>
      )}
    </ul>
  );
}
