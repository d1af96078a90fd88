import { IconCheck, IconClock } from '@tabler/icons-react';
import type { QuestionAnswer as Answer } from '@/api/types';
import { Link } from '@/router/Link';
import { useText } from '../strings';
import styles from './Questions.module.css';

const ICON = { size: 14, stroke: 2, 'aria-hidden': true } as const;

/** What a question was answered with. */
export function QuestionAnswer({ answer: { how, text, message_id }, tabIndex }: { answer: Answer; tabIndex: 0 | -1 }) {
  const t = useText();
  return (
    <div className={styles.answer}>
      <p className={styles.how}>
        {how === 'later' ? <IconClock {...ICON} /> : <IconCheck {...ICON} />}
        {t(`answered_${how}`)}
        {message_id && (
          <Link to="/m/$messageId" params={{ messageId: message_id }} tabIndex={tabIndex}>
            {t('see_message')}
          </Link>
        )}
      </p>
      {text && (
        <p className={styles.text} dir="auto">
          {text}
        </p>
      )}
    </div>
  );
}
