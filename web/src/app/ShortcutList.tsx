import { Dialog } from '@/ui/Dialog';
import { useText } from './strings';
import styles from './ShortcutList.module.css';

/** Every key, grouped by where it works. Keep in step with the handlers. */
const groups = [
  { title: 'keys_everywhere', keys: [['Ctrl K', 'key_jump'], ['Ctrl 1 … 9', 'key_rail'], ['F6', 'key_panes'], ['Alt ↓ ↑', 'key_channel'], ['Alt Shift ↓ ↑', 'key_unread'], ['Esc', 'key_escape'], ['?', 'shortcuts']] },
  { title: 'keys_messages', keys: [['↓ ↑ J K', 'key_message'], ['Enter', 'key_open'], ['R', 'key_reply'], ['E', 'key_react'], ['U', 'key_unread_here'], ['C', 'key_copy'], ['.', 'key_more']] },
  { title: 'keys_writing', keys: [['Enter', 'key_send'], ['Shift Enter', 'key_line'], ['Ctrl Shift Enter', 'key_send_options'], ['↑', 'key_edit_last']] },
] as const;

export function ShortcutList({ onClose }: { onClose: () => void }) {
  const t = useText();
  return (
    <Dialog title={t('shortcuts')} onClose={onClose}>
      {/* Can be scrolled with the keys where it does not fit. */}
      <div role="group" tabIndex={0} aria-label={t('shortcuts')}>
        {groups.map((group) => (
          <section key={group.title} className={styles.group}>
            <h3>{t(group.title)}</h3>
            <dl>
              {group.keys.map(([keys, meaning]) => (
                <div key={meaning}>
                  <dt>{t(meaning)}</dt>
                  <dd>
                    <kbd dir="ltr">{keys}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
