import { LinkTabs } from '@/ui/LinkTabs';
import { useText } from './strings';

/** People one by one, and the groups they are in. */
export function PeopleTabs({ current }: { current: 'people' | 'groups' }) {
  const t = useText();
  return (
    <LinkTabs
      label={t('people')}
      current={current}
      tabs={[
        { key: 'people', label: t('everybody'), target: { to: '/people' } },
        { key: 'groups', label: t('groups'), target: { to: '/groups' } },
      ]}
    />
  );
}
