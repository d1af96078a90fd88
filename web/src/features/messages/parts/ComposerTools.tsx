import { untilThere } from '@/lib/untilThere';
import { IconMoodSmile, IconTypography } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { IconButton } from '@/ui/IconButton';
import { useText } from '../strings';

const EmojiPopover = lazy(() => untilThere(() => import('./EmojiPopover')).then((module) => ({ default: module.EmojiPopover })));

type ComposerToolsProps = { hasFormats: boolean; onFormats: () => void; onEmoji: (emoji: string) => void };

export function ComposerTools({ hasFormats, onFormats, onEmoji }: ComposerToolsProps) {
  const t = useText();
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <IconButton label={t('formatting')} aria-pressed={hasFormats} onClick={onFormats}>
        <IconTypography size={19} stroke={1.6} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('emoji')} aria-haspopup="dialog" onClick={(event) => setAnchor(event.currentTarget)}>
        <IconMoodSmile size={19} stroke={1.6} aria-hidden="true" />
      </IconButton>
      {anchor && (
        <Suspense fallback={null}>
          <EmojiPopover anchor={anchor} hasQuick={false} onPick={onEmoji} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
