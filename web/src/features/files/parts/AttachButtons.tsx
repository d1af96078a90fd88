import { IconMicrophone, IconPaperclip } from '@tabler/icons-react';
import { useRef, useSyncExternalStore } from 'react';
import { IconButton } from '@/ui/IconButton';
import { engine } from '../engine';
import { useText } from '../strings';
import { trayOf } from '../tray';

/** The ways in which files come to a composer by hand. */
export function AttachButtons({ place }: { place: string }) {
  const t = useText();
  const field = useRef<HTMLInputElement>(null);
  const tray = trayOf(place, engine);
  const isRecording = useSyncExternalStore(tray.subscribe, tray.isRecording);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        data-attach=""
        onChange={({ target }) => {
          for (const file of target.files ?? []) tray.add(file);
          // The same file may be picked again.
          target.value = '';
        }}
      />
      <IconButton label={t('attach')} onClick={() => field.current?.click()}>
        <IconPaperclip size={19} stroke={1.6} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('record')} aria-pressed={isRecording} onClick={() => tray.setRecording(!isRecording)}>
        <IconMicrophone size={19} stroke={1.6} aria-hidden="true" />
      </IconButton>
    </>
  );
}
