import { Fragment, memo, useId, type ReactNode } from 'react';
import type { Id, Node } from '@/api/types';
import { mayNameEmoji } from '@/realtime/emoji';
import { CodeBlock } from './CodeBlock';
import { EmojiText } from './EmojiText';
import { Formula } from './Formula';
import { GroupMention } from './GroupMention';
import { Mention } from './Mention';
import { MessageAnchor } from './MessageAnchor';
import styles from './Markup.module.css';
import { Note, NoteRef, Notes, NotesId } from './Notes';
import { Spoiler } from './Spoiler';

export type MarkupTreeProps = { nodes: readonly Node[]; me_id: Id };

/** A message's tree as React elements. There is no HTML on the way, so there is nothing to escape; an unknown node is
 *  drawn as its children. */
export const MarkupTree = memo(function MarkupTree({ nodes, me_id }: MarkupTreeProps) {
  const id = useId();
  return (
    <NotesId value={id}>
      <div className={styles.markup}>{drawAll(nodes, me_id)}</div>
    </NotesId>
  );
});

function drawAll(nodes: readonly Node[] | undefined, me_id: Id): ReactNode {
  return nodes?.map((node, idx) => <Fragment key={idx}>{draw(node, me_id)}</Fragment>);
}

function draw(node: Node, me_id: Id): ReactNode {
  if (typeof node === 'string') return mayNameEmoji(node) ? <EmojiText text={node} /> : node;
  switch (node.t) {
    case 'p':
      return <p dir="auto">{drawAll(node.c, me_id)}</p>;
    case 'h':
      // Right below the page's own, whatever came before it; the look carries the level.
      return (
        <p dir="auto" role="heading" aria-level={2} className={styles.heading} data-level={node.level}>
          {drawAll(node.c, me_id)}
        </p>
      );
    case 'quote':
      return <blockquote dir="auto">{drawAll(node.c, me_id)}</blockquote>;
    case 'ul':
      return <ul dir="auto">{drawAll(node.c, me_id)}</ul>;
    case 'ol':
      return (
        <ol dir="auto" start={node.start}>
          {drawAll(node.c, me_id)}
        </ol>
      );
    case 'li':
      return <li>{drawAll(node.c, me_id)}</li>;
    case 'task':
      return (
        <li className={styles.task} data-done={node.done}>
          <span role="img" aria-label={node.done ? '☑' : '☐'} className={styles.box} />
          <div>{drawAll(node.c, me_id)}</div>
        </li>
      );
    case 'pre':
      return <CodeBlock lang={node.lang} text={node.text} />;
    case 'math':
      return <Formula text={node.text} isBlock={node.block ?? false} />;
    case 'spoiler':
      return <Spoiler>{drawAll(node.c, me_id)}</Spoiler>;
    case 'noteref':
      return <NoteRef n={node.n} />;
    case 'notes':
      return <Notes>{node.c?.map((item, idx) => <Note key={idx} n={idx + 1}>{typeof item === 'object' && 'c' in item && drawAll(item.c, me_id)}</Note>)}</Notes>;
    case 'table':
      return (
        <div className={styles.wide}>
          <table dir="auto">
            <tbody>{drawAll(node.c, me_id)}</tbody>
          </table>
        </div>
      );
    case 'row':
      return <tr>{drawAll(node.c, me_id)}</tr>;
    case 'cell': {
      const Cell = node.head ? 'th' : 'td';
      return <Cell data-align={node.align}>{drawAll(node.c, me_id)}</Cell>;
    }
    case 'b':
      return <strong>{drawAll(node.c, me_id)}</strong>;
    case 'i':
      return <em>{drawAll(node.c, me_id)}</em>;
    case 's':
      return <s>{drawAll(node.c, me_id)}</s>;
    case 'code':
      return <code dir="ltr">{node.text}</code>;
    case 'a':
      return <MessageAnchor href={node.href}>{drawAll(node.c, me_id)}</MessageAnchor>;
    case 'person':
      return <Mention id={node.id} isMe={node.id === me_id} />;
    case 'group':
      return <GroupMention id={node.id} me_id={me_id} />;
    case 'everyone':
      return <Mention id={null} isMe />;
    case 'hr':
      return <hr />;
    case 'br':
      return <br />;
    default:
      return unknown(node, me_id);
  }
}

/** A newer server may send a node that this build has not heard of. */
function unknown(node: never, me_id: Id): ReactNode {
  const { c } = node as { c?: Node[] };
  return drawAll(c, me_id);
}
