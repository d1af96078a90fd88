import { describe, expect, it } from 'vitest';
import { makePeople } from '@/testing/fakeWorld';
import { ALL_EMOJI_NAMES } from './allEmojiNames';
import { completeEmoji, completeNames, findNamed, findTrigger } from './completions';
import { beginningOf } from './drafts';
import { formatted, type Format } from './formatting';
import { bytesLeft, MAX_TEXT_BYTES } from './length';

describe('a trigger', () => {
  it.each([
    ['@', { kind: 'person', start: 0, query: '' }],
    ['hi @an', { kind: 'person', start: 3, query: 'an' }],
    ['hi @Inês Du', { kind: 'person', start: 3, query: 'Inês Du' }],
    ['so :tad', { kind: 'emoji', start: 3, query: 'tad' }],
    ['mail a@b', null],
    ['at 10:30', null],
  ])('in "%s"', (text, expected) => {
    const found = findTrigger(text, text.length);
    if (expected) expect(found).toMatchObject(expected);
    else expect(found).toBeNull();
  });
});

describe('completion', () => {
  const people = makePeople();

  it('finds people by any word and without accents, never me', () => {
    const names = (query: string) => completeNames(people, [], query, { me_id: people[0]?.id ?? '', with_everyone: false }).map((item) => 'name' in item && item.name);
    expect(names('ines')).toEqual(['Inês Duarte']);
    expect(names('du')).toEqual(['Inês Duarte']);
    expect(names('noor')).toEqual([]);
  });

  it('offers everybody where asked', () => {
    expect(completeNames(people, [], 'ch', { me_id: 'me', with_everyone: true }).at(-1)).toEqual({ kind: 'everyone' });
  });

  it.each([
    ['done :tada:', { from: 5, to: 11, emoji: '🎉' }],
    [':heart:', { from: 0, to: 7, emoji: '❤️' }],
    ['std::tada:', null],
    ['at 10:30:', null],
    [':constructor:', null],
    [':nothing_so:', null],
  ])('knows in %s which emoji was named', (text, named) => {
    expect(findNamed(text, text.length)).toEqual(named);
  });

  it('finds emoji by the beginning of their names first', () => {
    expect(completeEmoji('tada')[0]).toMatchObject({ emoji: '🎉' });
    expect(completeEmoji('hedgehog')).toEqual([]);
    expect(completeEmoji('hedgehog', ALL_EMOJI_NAMES)[0]).toMatchObject({ emoji: '🦔' });
  });
});

describe('a format', () => {
  const apply = (format: Format, text: string, start: number, end: number) => {
    const edit = formatted(format, { text, start, end });
    return text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  };

  it.each<[Format, string, number, number, string]>([
    ['bold', 'a word here', 2, 6, 'a **word** here'],
    ['bold', 'a **word** here', 4, 8, 'a word here'],
    ['code', 'one\ntwo', 0, 7, '```\none\ntwo\n```'],
    ['list', 'one\ntwo', 1, 5, '- one\n- two'],
    ['quote', '> one', 3, 3, 'one'],
    ['link', 'see here', 4, 8, 'see [here](https://)'],
    ['link', 'https://a.org', 0, 13, '[](https://a.org)'],
  ])('%s of "%s"', (format, text, start, end, expected) => {
    expect(apply(format, text, start, end)).toBe(expected);
  });
});

describe('a draft', () => {
  const server = { channel_id: 'c', topic_id: null, text: 'from the phone', revision: 4, at: 0 };

  it.each([
    ['nothing here: the server’s', null, server, { text: 'from the phone', revision: 4, conflict: null }],
    ['nothing anywhere', null, null, { text: '', revision: 0, conflict: null }],
    ['unsaved here, nothing newer there', { text: 'mine', revision: 4, isSaved: false }, server, { text: 'mine', conflict: null }],
    ['unsaved here, newer there', { text: 'mine', revision: 3, isSaved: false }, server, { text: 'mine', conflict: server }],
    ['saved here, newer there', { text: 'old', revision: 3, isSaved: true }, server, { text: 'from the phone', conflict: null }],
    ['saved here, older there: what was kept of the server is old', { text: 'mine', revision: 5, isSaved: true }, server, { text: 'mine', revision: 5, conflict: null }],
    ['sent here, not yet there', { text: '', revision: 3, isSaved: false, sent: 'from the phone' }, server, { text: '', revision: 4, isSaved: false, conflict: null }],
    ['saved here, sent elsewhere', { text: 'old', revision: 3, isSaved: true }, null, { text: '', conflict: null }],
  ])('%s', (_name, local, there, expected) => {
    expect(beginningOf(local, there)).toMatchObject(expected);
  });
});

describe('length', () => {
  it('counts bytes, and only near the end', () => {
    expect(bytesLeft('a'.repeat(1_000))).toBeNull();
    expect(bytesLeft('a'.repeat(MAX_TEXT_BYTES - 10))).toBe(10);
    expect(bytesLeft('é'.repeat(MAX_TEXT_BYTES / 2 + 1))).toBe(-2);
  });
});
