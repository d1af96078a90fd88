import { IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { isProblem } from '@/api/client';
import type { PollView } from '@/api/types';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { MAX_WORD_CHARACTERS } from '../form';
import { useWriteWords } from '../queries';
import { useText } from '../strings';
import { sizeOf } from '../voting';
import styles from './PollWords.module.css';
import { WordSwitch } from './WordSwitch';

const MAX_WORDS = 3;

type PollWordsProps = { view: PollView; hasResult: boolean; canVote: boolean; tabIndex: 0 | -1 };

/** Words that people write, and how many wrote each: a list, the most written first and largest. */
export function PollWords({ view, hasResult, canVote, tabIndex }: PollWordsProps) {
  const t = useText();
  const { poll, words } = view;
  return (
    <div className={styles.words}>
      {canVote && <OwnWords view={view} tabIndex={tabIndex} />}
      {hasResult && poll.options.length > 0 && (
        <ul className={styles.cloud} aria-label={t('words_result')}>
          {poll.options.map(({ text, n }) => (
            <li key={text} data-size={sizeOf(n, poll)} data-mine={words.includes(text) || undefined}>
              <bdi>{text}</bdi>
              <small aria-label={t('word_result', { count: n })} role="img">
                {n}
              </small>
              {view.removed && <WordSwitch poll={poll} word={text} removed={false} tabIndex={tabIndex} />}
            </li>
          ))}
        </ul>
      )}
      {hasResult && view.removed && view.removed.length > 0 && (
        <ul className={styles.removed} aria-label={t('removed_words')}>
          {view.removed.map((word) => (
            <li key={word}>
              <bdi>{word}</bdi>
              <WordSwitch poll={poll} word={word} removed tabIndex={tabIndex} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function OwnWords({ view: { poll, words }, tabIndex }: { view: PollView; tabIndex: 0 | -1 }) {
  const t = useText();
  const [word, setWord] = useState('');
  const write = useWriteWords(poll.channel_id, poll.id);
  const add = (words_ok: boolean) => {
    const added = word.trim();
    if (added === '' || write.isPending) return;
    write.mutate({ words: [...words, added], words_ok }, { onSuccess: () => setWord('') });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add(false);
  };
  return (
    <>
      {words.length > 0 && (
        <ul className={styles.own} aria-label={t('own_words')}>
          {words.map((own) => (
            <li key={own}>
              <bdi>{own}</bdi>
              <button
                type="button"
                tabIndex={tabIndex}
                aria-label={t('remove_word', { word: own })}
                onClick={() => write.mutate({ words: words.filter((other) => other !== own), words_ok: true })}
              >
                <IconX size={14} stroke={2} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {words.length < MAX_WORDS && (
        <form className={styles.form} onSubmit={submit}>
          <input
            dir="auto"
            tabIndex={tabIndex}
            aria-label={t('write_word')}
            placeholder={t('write_word')}
            maxLength={MAX_WORD_CHARACTERS}
            value={word}
            onChange={(event) => setWord(event.target.value)}
          />
          <Button type="submit" tabIndex={tabIndex} busy={write.isPending} disabled={word.trim() === ''}>
            {t('add_word')}
          </Button>
        </form>
      )}
      <FormError error={write.error} />
      {isProblem(write.error, 'words-asked') && (
        <div>
          <Button size="s" tabIndex={tabIndex} onClick={() => add(true)}>
            {t('words_agreed')}
          </Button>
        </div>
      )}
    </>
  );
}
