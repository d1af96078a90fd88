import { useText as useLiveText } from '@/features/live/strings';
import { Dialog } from '@/ui/Dialog';
import { useText } from './strings';
import styles from './ShortcutList.module.css';

/** Every key, grouped by where it works. Keep in step with the handlers. */
const groups = [
  { title: 'keys_everywhere', keys: [['Ctrl K', 'key_jump'], ['Ctrl 1 … 9', 'key_rail'], ['F6', 'key_panes'], ['Alt ↓ ↑', 'key_channel'], ['Alt Shift ↓ ↑', 'key_unread'], ['Esc', 'key_escape'], ['?', 'shortcuts']] },
  { title: 'keys_messages', keys: [['↓ ↑ J K', 'key_message'], ['Enter', 'key_open'], ['R', 'key_reply'], ['E', 'key_react'], ['U', 'key_unread_here'], ['C', 'key_copy'], ['.', 'key_more']] },
  { title: 'keys_writing', keys: [['Enter', 'key_send'], ['Shift Enter', 'key_line'], ['Ctrl Shift Enter', 'key_send_options'], ['↑', 'key_edit_last']] },
] as const;

const liveKeys = [['M', 'key_mic'], ['V', 'camera'], ['H', 'hand'], ['Space', 'key_talk']] as const;

export function ShortcutList({ onClose }: { onClose: () => void }) {
  const t = useText();
  // Said in the words of live sessions: the first load has no room for more of its own.
  const live = useLiveText();
  return (
    <Dialog title={t('shortcuts')} onClose={onClose}>
      {/* Can be scrolled with the keys where it does not fit. */}
      <div role="group" tabIndex={0} aria-label={t('shortcuts')}>
        {groups.map(({ title, keys }) => (
          <Group key={title} title={t(title)} keys={keys.map(([key, meaning]) => [key, t(meaning)])} />
        ))}
        <Group title={live('live_session')} keys={liveKeys.map(([key, meaning]) => [key, live(meaning)])} />
      </div>
    </Dialog>
  );
}

function Group({ title, keys }: { title: string; keys: readonly (readonly [string, string])[] }) {
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={meaning}>
            <dt>{meaning}</dt>
            <dd>
              <kbd dir="ltr">{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
