import { expect, it } from 'vitest';
import { contentOf, emptyForm, formOf, isReady, requestOf } from './form';

const form = { ...emptyForm(' Where? '), answers: ['Here', ' ', 'There '] };

it('needs a question, and answers where one chooses among them', () => {
  expect(isReady(form)).toBe(true);
  expect(isReady({ ...form, question: ' ' })).toBe(false);
  expect(isReady({ ...form, answers: ['Here', ''] })).toBe(false);
  expect(isReady({ ...form, answers: ['', ''], kind: 'words' })).toBe(true);
});

it('asks what its kind needs and nothing else', () => {
  expect(contentOf(form)).toMatchObject({ question: 'Where?', kind: 'single', options: ['Here', 'There'] });
  const scale = contentOf({ ...form, kind: 'scale', scale: 'to_10', low: ' Cold ' });
  expect(scale).toMatchObject({ scale: { from: 0, to: 10, low: 'Cold', high: '' } });
  expect(scale).not.toHaveProperty('options');
  const ids = { id: 'p', message_id: 'm' };
  expect(requestOf({ ...form, lasting: 'hour' }, ids, 5)).toMatchObject({ id: 'p', closes_at: 3_600_000_005 });
  expect(requestOf(form, ids, 5)).not.toHaveProperty('closes_at');
});

it('is written again as it was', () => {
  const scale = { ...form, kind: 'scale' as const, answers: ['', ''], scale: 'to_7' as const, low: 'a', hidden: true, lasting: 'week' as const };
  for (const before of [{ ...form, question: 'Where?', answers: ['Here', 'There'] }, { ...scale, question: 'Where?' }]) {
    const prepared = { id: 'p', channel_id: 'c', created_by: 'ada', created_at: 0, content: contentOf(before) };
    expect(formOf(prepared)).toEqual(before);
  }
});
