import { EmptyState } from '@/ui/EmptyState';
import { Pane } from '@/ui/Pane';
import { PaneHeader } from '@/ui/PaneHeader';
import { TextLink } from '@/ui/TextLink';
import { useText } from './strings';

export function NotFound() {
  const t = useText();
  return (
    <Pane>
      <PaneHeader title={t('not_found_title')} />
      <EmptyState text={t('not_found')} action={<TextLink to="/">{t('home')}</TextLink>} />
    </Pane>
  );
}
