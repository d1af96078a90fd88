import type { Message, Reaction } from '@/api/types';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { Face } from '@/ui/Face';
import { Skeleton } from '@/ui/Skeleton';
import { useReactors } from '../queries';
import { useText } from '../strings';
import { EmojiSign } from './EmojiText';
import styles from './ReactionsDialog.module.css';

/** Everybody who reacted, by reaction. */
export function ReactionsDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText();
  return (
    <Dialog title={t('reactions')} size="s" onClose={onClose}>
      {message.reactions.map((reaction) => (
        <Reactors key={reaction.emoji} message={message} reaction={reaction} />
      ))}
    </Dialog>
  );
}

function Reactors({ message, reaction }: { message: Message; reaction: Reaction }) {
  const t = useText();
  const { emoji, n } = reaction;
  const { data: people, error, refetch } = useReactors(message, reaction);
  return (
    <section className={styles.reactors}>
      <h3>
        <EmojiSign emoji={emoji} size={20} /> <span>{t('n_people', { count: n })}</span>
      </h3>
      {!people && !error && <Skeleton rows={1} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      <ul>
        {people?.map((person) => (
          <li key={person.id}>
            <Face {...person} size={26} />
            <bdi>{person.name}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
