import { beforeEach, describe, expect, test, vi } from 'vitest';
import { beginLanguage, currentLocale, formatNumber, registerText, setLanguage, wordsForProblem, type Texts } from './core';

const page = { lang: '', dir: '' };
vi.stubGlobal('document', { documentElement: page });
vi.stubGlobal('navigator', { languages: ['de-AT', 'en-GB'] });

const t = registerText('ui', {
  days_one: '{{count}} day',
  days_other: '{{count}} days',
  hello: 'Hello {{name}}',
  later: 'Added later',
});
const texts: Record<string, Texts> = {
  ar: {
    ui: { days_zero: 'صفر', days_one: 'يوم', days_two: 'يومان', days_few: '{{count}} أيام', days_many: '{{count}} يومًا', days_other: '{{count}} يوم' },
  },
  de: { ui: { days_one: '{{count}} Tag', days_other: '{{count}} Tage', hello: 'Hallo {{name}}' } },
};
const load = vi.fn((language: string) => (texts[language] ? Promise.resolve({ texts: texts[language], problems: { archived: { title: 'A', detail: 'B' } } }) : Promise.reject(new Error('offline'))));

beforeEach(() => {
  load.mockClear();
});

describe('the language of the page', () => {
  test('is at first the one of the browser that we have texts in', async () => {
    await beginLanguage(load);
    expect(page).toEqual({ lang: 'de', dir: 'ltr' });
    expect(t('hello', { name: '<b>' })).toBe('Hallo <b>');
    expect(currentLocale()).toBe('de-AT');
  });

  test('then the one of the person, and what it lacks is said in English', async () => {
    await setLanguage('ar');
    expect(page).toEqual({ lang: 'ar', dir: 'rtl' });
    expect(t('later')).toBe('Added later');
    await setLanguage('de');
    expect(load).toHaveBeenCalledTimes(1);
    expect(wordsForProblem('/problems/archived')).toEqual({ title: 'A', detail: 'B' });
  });

  test('of which there are no texts is English, and only Intl follows it', async () => {
    await setLanguage('fr');
    expect(page).toEqual({ lang: 'en', dir: 'ltr' });
    expect(wordsForProblem('/problems/archived')).toBeUndefined();
    expect(currentLocale()).toBe('fr');
    expect(t('days', { count: 12_345 })).toBe('12\u202f345 days');
  });
});

test.each([
  [0, 'صفر'],
  [1, 'يوم'],
  [2, 'يومان'],
  [3, 'أيام'],
  [11, 'يومًا'],
  [100, 'يوم'],
])('in Arabic %d days has its own form', async (count, ending) => {
  await setLanguage('ar');
  const number = count > 2 ? `${formatNumber(count)} ` : '';
  expect(t('days', { count })).toBe(number + ending);
});
