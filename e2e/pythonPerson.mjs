/** Somebody with LiveKit's own client for Python (person.py), in a process of their own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
/** `./x setup` makes it (scripts/setup.sh). */
export const python = [process.env.ANTIPHON_TEST_LIVEKIT, join(cache, 'antiphon/livekit-1.2.1/bin/python')].find((path) => path && existsSync(path));

/** Where the client is missing the story is left out; not where everything has to be there. */
export const withoutPython = !python && !process.env.ANTIPHON_REQUIRE_ALL && 'the Python client of LiveKit is not installed';

/** Somebody who has not come in yet. */
export function pythonPerson(t, rooms, identity) {
  const program = spawn(python ?? 'python3', [new URL('person.py', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'pipe'] });
  let trouble = '';
  program.stderr.on('data', (chunk) => (trouble += chunk));
  const answers = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  t.after(async () => {
    program.stdin.end();
    if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
    if (process.env.RUST_LOG) t.diagnostic(`${identity}: ${trouble}`);
  });
  const person = {
    identity,
    /** One order, and what comes of it. */
    async do(verb, more = {}) {
      program.stdin.write(`${JSON.stringify([verb, more])}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${identity} is gone: ${trouble}`);
      const { answer, error } = JSON.parse(value);
      if (error) throw new Error(error);
      return answer;
    },
    /** Comes in; how many milliseconds it took. */
    async join(room, options) {
      const token = await rooms.ticket(room, identity);
      return (await person.do('join', { url: rooms.live.replace('http', 'ws'), token, options })).ms;
    },
    tells: () => person.do('tells'),
  };
  return person;
}
