import { Section } from '@/ui/Section';
import { useText } from '../strings';
import type { CharterPath } from '../queries';
import { CharterPart } from './CharterPart';

/** The same on a page of settings. */
export function CharterSection({ path }: { path: CharterPath }) {
  const t = useText();
  return (
    <Section title={t('charter')} hint={t('charter_hint')}>
      <CharterPart path={path} />
    </Section>
  );
}
