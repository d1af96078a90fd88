import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import type { Node } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { makePeople } from '@/testing/fakeWorld';
import { MarkupTree } from './MarkupTree';
import { plainTree } from './plainTree';

// Nothing is pressed here, and there is no window to go anywhere in.
vi.mock('@/router/location', () => ({ navigateToHref: () => undefined }));

const people = makePeople();
const ada = people[0]?.id ?? '';

function draw(nodes: Node[]): string {
  const cache = new QueryClient();
  putPeople(cache, people);
  const html = renderToStaticMarkup(
    <QueryClientProvider client={cache}>
      <MarkupTree nodes={nodes} me_id="nobody" />
    </QueryClientProvider>,
  );
  return html.replace(/ class="[^"]*"/g, '').replace(/^<div>|<\/div>$/g, '');
}

describe('a message', () => {
  it.each<[string, Node[], string]>([
    ['text is text, whatever it looks like', [{ t: 'p', c: ['<img src=x onerror=1>'] }], '<p dir="auto">&lt;img src=x onerror=1&gt;</p>'],
    ['marks', [{ t: 'b', c: ['a', { t: 'i', c: ['b'] }] }, { t: 's', c: ['c'] }], '<strong>a<em>b</em></strong><s>c</s>'],
    ['code keeps its signs', [{ t: 'code', text: '<b>' }], '<code dir="ltr">&lt;b&gt;</code>'],
    ['a numbered list begins where it says', [{ t: 'ol', start: 3, c: [{ t: 'li', c: ['x'] }] }], '<ol dir="auto" start="3"><li>x</li></ol>'],
    ['a person has a name', [{ t: 'person', id: ada }], '<button type="button" aria-haspopup="dialog" tabindex="0"><span><bdi>@Noor Aziz</bdi></span></button>'],
    ['a bad link is plain', [{ t: 'a', href: 'javascript:alert(1)', c: ['x'] }], '<span>x</span>'],
    ['a link to another host in disguise is plain', [{ t: 'a', href: '//evil.org', c: ['x'] }], '<span>x</span>'],
  ])('%s', (_name, nodes, html) => {
    expect(draw(nodes)).toBe(html);
  });

  it('opens links elsewhere without telling where they were found', () => {
    expect(draw([{ t: 'a', href: 'https://example.org', c: ['x'] }])).toContain('rel="noopener noreferrer nofollow"');
  });

  it('draws a table with its heads', () => {
    const row = (head: boolean, text: string): Node => ({ t: 'row', c: [{ t: 'cell', ...(head ? { head: true } : {}), align: 'right', c: [text] }] });
    expect(draw([{ t: 'table', c: [row(true, 'a'), row(false, 'b')] }])).toContain(
      '<tr><th data-align="right">a</th></tr><tr><td data-align="right">b</td></tr>',
    );
  });

  it('draws the children of a node that it does not know', () => {
    const stranger = { t: 'of-tomorrow', c: ['inside'] } as unknown as Node;
    expect(draw([stranger])).toBe('inside');
  });
});

describe('plain text', () => {
  it('has paragraphs and breaks, and no markup', () => {
    expect(plainTree('one\ntwo\n\n**three**')).toEqual([
      { t: 'p', c: ['one', { t: 'br' }, 'two'] },
      { t: 'p', c: ['**three**'] },
    ]);
  });

  it('shows mentions of a message that is still here', () => {
    expect(plainTree(`<@${ada}> hi`, true)).toEqual([{ t: 'p', c: [{ t: 'person', id: ada }, ' hi'] }]);
  });
});
