/**
 * Many messages come into view at once; one question asks for all of them. Plain data and promises, no React.
 */
import type { Id } from '@/api/types';

type Waiting<Answer> = { resolve: (answer: Answer) => void; reject: (reason: unknown) => void };

/** As many as the server answers at once. */
const MAX_PER_QUESTION = 100;

/** `ask` is given everything that was wanted within `pause_ms` of the first; what it does not mention is `nothing`. */
export function batched<Answer>(ask: (ids: Id[]) => Promise<Map<Id, Answer>>, nothing: Answer, pause_ms: number) {
  let waiting = new Map<Id, Waiting<Answer>[]>();

  async function askAll() {
    const asked = waiting;
    waiting = new Map();
    try {
      const answers = await ask([...asked.keys()]);
      for (const [id, all] of asked) for (const { resolve } of all) resolve(answers.get(id) ?? nothing);
    } catch (reason) {
      for (const all of asked.values()) for (const { reject } of all) reject(reason);
    }
  }

  return (id: Id) =>
    new Promise<Answer>((resolve, reject) => {
      if (waiting.size === MAX_PER_QUESTION && !waiting.has(id)) void askAll();
      if (waiting.size === 0) {
        const turn = waiting;
        setTimeout(() => turn === waiting && void askAll(), pause_ms);
      }
      waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
    });
}
