import { ChannelIcon } from '@/ui/ChannelIcon';
import { Face } from '@/ui/Face';
import type { JumpTarget } from './jump';
import styles from './JumpPalette.module.css';

export type JumpOptionProps = { id: string; target: JumpTarget; isActive: boolean; onPoint: () => void; onChoose: () => void };

export function JumpOption({ id, target, isActive, onPoint, onChoose }: JumpOptionProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      onMouseEnter={onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {target.face ? <Face {...target.face} size={22} /> : <ChannelIcon kind={target.kind === 'person' ? 'direct' : target.kind} size={18} />}
      <b>
        <bdi>{target.name}</bdi>
      </b>
      <small>
        <bdi>{target.where}</bdi>
      </small>
    </li>
  );
}
