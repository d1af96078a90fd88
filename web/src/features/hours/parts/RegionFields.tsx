import { currentLocale } from '@/i18n/core';
import { ErrorState } from '@/ui/ErrorState';
import { Select } from '@/ui/Select';
import { Skeleton } from '@/ui/Skeleton';
import { useRegions } from '../queries';
import { useText } from '../strings';
import styles from './TimePage.module.css';

/** A country, and a part of it where parts have holidays of their own. */
export function RegionFields({ region, onChange }: { region: string | null; onChange: (region: string | null) => void }) {
  const t = useText();
  const { data, error, refetch } = useRegions();
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={1} />;
  const locale = currentLocale();
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const byName = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, locale);
  const country = region?.split('-')[0] ?? '';
  const countries = data.filter(({ code }) => !code.includes('-')).map(({ code }) => ({ value: code, label: names.of(code) ?? code }));
  const parts = data.filter(({ code }) => code.startsWith(`${country}-`)).map(({ code, name }) => ({ value: code, label: name || code.slice(country.length + 1) }));
  return (
    <div className={styles.two}>
      <Select
        label={t('country')}
        value={country}
        options={[{ value: '', label: t('no_country') }, ...countries.sort(byName)]}
        onChange={(code) => onChange(code || null)}
      />
      {country && parts.length > 0 && (
        <Select
          label={t('region')}
          value={region ?? country}
          options={[{ value: country, label: t('whole_country') }, ...parts.sort(byName)]}
          onChange={onChange}
        />
      )}
    </div>
  );
}
