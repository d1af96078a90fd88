import { IconMicrophone, IconPaperclip } from '@tabler/icons-react';
import { useRef } from 'react';
import { IconButton } from '@/ui/IconButton';
import { useText } from '../strings';

type AttachButtonsProps = { onFiles: (files: readonly File[]) => void; onRecord: () => void };

export function AttachButtons({ onFiles, onRecord }: AttachButtonsProps) {
  const t = useText();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        data-attach=""
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be picked again.
          target.value = '';
        }}
      />
      <IconButton label={t('attach')} onClick={() => field.current?.click()}>
        <IconPaperclip size={19} stroke={1.6} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('record')} onClick={onRecord}>
        <IconMicrophone size={19} stroke={1.6} aria-hidden="true" />
      </IconButton>
    </>
  );
}
