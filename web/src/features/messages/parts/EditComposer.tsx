import { useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { isProblem, problemOf } from '@/api/client';
import type { ChannelRow, Id, Message } from '@/api/types';
import { settle } from '@/lib/settle';
import { findMentioned } from '@/realtime/named';
import { Button } from '@/ui/Button';
import { showToast } from '@/ui/toast';
import { bytesLeft } from '../length';
import { decodeMentions, encodeMentions } from '../model';
import { useEdit } from '../queries';
import { useText } from '../strings';
import { ComposerBar } from './ComposerBar';
import { ComposerField } from './ComposerField';
import { ComposerHint } from './ComposerHint';
import { isSendKey } from './sendKey';
import styles from './Composer.module.css';

/** What the word list asks about may be said all the same. */
export function tell(error: unknown, label: string, run: () => void): void {
  const action = isProblem(error, 'words-asked') ? { label, run } : undefined;
  showToast(problemOf(error).detail, { tone: 'urgent', action });
}

type EditComposerProps = { channel: ChannelRow; me_id: Id; message: Message; onDone: () => void };

/** Takes the composer's place while a message is changed; the draft waits underneath. */
export function EditComposer({ channel, me_id, message, onDone }: EditComposerProps) {
  const t = useText();
  const cache = useQueryClient();
  const [shown] = useState(() => decodeMentions(message.text, (id) => findMentioned(cache, id)));
  const [text, setText] = useState(shown.text);
  const [files, setFiles] = useState(message.files);
  const edit = useEdit();
  const encoded = encodeMentions(text, shown.book);
  const isDisabled = (text.trim() === '' && files.length === 0) || (bytesLeft(encoded) ?? 0) < 0;

  const save = (words_ok = false) => {
    if (isDisabled || edit.isPending) return;
    if (encoded === message.text && files.length === message.files.length) return onDone();
    settle(edit.mutateAsync({ message, text: encoded, file_ids: files.map(({ id }) => id), words_ok }), {
      onSuccess: onDone,
      onError: (error) => tell(error, t('save_as_is'), () => save(true)),
    });
  };
  const onKey = (event: KeyboardEvent) => {
    if (isSendKey(event)) save();
    else if (event.key === 'Escape') onDone();
    else return false;
    event.stopPropagation();
    return true;
  };

  return (
    <ComposerField
      channel={channel}
      me_id={me_id}
      text={text}
      onText={setText}
      book={shown.book}
      label={t('editing')}
      placeholder=""
      isFirst
      onKey={onKey}
      top={
        <>
          <ComposerBar closeLabel={t('cancel')} onClose={onDone}>
            <b>{t('editing')}</b>
          </ComposerBar>
          {files.map((file) => (
            <ComposerBar
              key={file.id}
              closeLabel={t('file_take_out', { name: file.name })}
              onClose={() => setFiles(files.filter(({ id }) => id !== file.id))}
            >
              <bdi>{file.name}</bdi>
            </ComposerBar>
          ))}
        </>
      }
      foot={
        <>
          <ComposerHint text={encoded} />
          <div className={styles.send}>
            <Button tone="primary" busy={edit.isPending} disabled={isDisabled} onClick={() => save()}>
              {t('save')}
            </Button>
          </div>
        </>
      }
    />
  );
}
