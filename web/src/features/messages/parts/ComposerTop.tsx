import { IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Draft, Quote } from '@/api/types';
import { findMentioned } from '@/realtime/named';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { MAX_TITLE_CHARACTERS } from '../length';
import { decodeMentions } from '../model';
import { useText } from '../strings';
import styles from './Composer.module.css';
import { ComposerBar } from './ComposerBar';

type ComposerTopProps = {
  quote: Quote | null;
  onQuoteEnd: () => void;
  /** Not `null`: a topic begins with this message. */
  title: string | null;
  onTitle: (title: string | null) => void;
  draft: { conflict: Draft | null; take: (draft: Draft) => void; keepMine: () => void };
  /** Not `null`: this many people would be told; do it? */
  n_asked: number | null;
  onConfirm: () => void;
  onCancel: () => void;
};

export function ComposerTop(props: ComposerTopProps) {
  const t = useText();
  const { title, onTitle, draft, n_asked } = props;
  return (
    <>
      {draft.conflict && <NewerDraft draft={draft} conflict={draft.conflict} />}
      {n_asked !== null && (
        <ComposerBar
          closeLabel={t('cancel')}
          onClose={props.onCancel}
          actions={
            <Button size="s" tone="primary" autoFocus onClick={props.onConfirm}>
              {t('confirm_everyone_send')}
            </Button>
          }
        >
          {t('confirm_everyone', { count: n_asked })}
        </ComposerBar>
      )}
      {props.quote && <QuotePreview quote={props.quote} onEnd={props.onQuoteEnd} />}
      {title !== null && (
        <div className={styles.bar}>
          <input
            className={styles.title}
            dir="auto"
            value={title}
            maxLength={MAX_TITLE_CHARACTERS}
            placeholder={t('new_topic_title')}
            aria-label={t('new_topic_title')}
            autoFocus
            onChange={({ target }) => onTitle(target.value)}
          />
          <IconButton label={t('new_topic_leave')} size="s" onClick={() => onTitle(null)}>
            <IconX size={16} stroke={1.6} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </>
  );
}

function QuotePreview({ quote, onEnd }: { quote: Quote; onEnd: () => void }) {
  const t = useText();
  const cache = useQueryClient();
  const name = usePerson(quote.author_id)?.name ?? t('unknown_person');
  return (
    <ComposerBar closeLabel={t('quote_remove')} onClose={onEnd}>
      <b>{t('quoting', { name })}</b> <bdi>{decodeMentions(quote.text, (id) => findMentioned(cache, id)).text}</bdi>
    </ComposerBar>
  );
}

function NewerDraft({ draft, conflict }: { draft: ComposerTopProps['draft']; conflict: Draft }) {
  const t = useText();
  return (
    <ComposerBar
      closeLabel={t('newer_draft_keep')}
      onClose={draft.keepMine}
      actions={
        <Button size="s" tone="soft" onClick={() => draft.take(conflict)}>
          {t('newer_draft_use')}
        </Button>
      }
    >
      {t('newer_draft')} <bdi>{conflict.text}</bdi>
    </ComposerBar>
  );
}
