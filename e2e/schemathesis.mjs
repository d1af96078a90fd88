/**
 * Lets Schemathesis loose on the real binary with what api/openapi.json promises: whatever is sent, no answer is a 5xx, and
 * every answer has a status, a content type and a shape that the document names.
 *
 * `./x test api` runs it: ANTIPHON_BIN names the binary, SCHEMATHESIS the program. Deterministic, bounded in time.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const maxTimeS = 120;
const maxExamples = 12;
const startTimeoutMs = 20_000;
const checks = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_headers_conformance', 'response_schema_conformance'];
/** They would end the session with which everything else is asked. */
const excluded = ['delete_sessions_current', 'delete_sessions_id', 'post_people_id_deactivate'];

const folder = mkdtempSync(join(tmpdir(), 'antiphon-api-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
let output = '';
const server = spawn(process.env.ANTIPHON_BIN ?? 'antiphon', ['serve'], {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'pipe'],
  env: {
    PATH: process.env.PATH,
    ANTIPHON_LISTEN: `127.0.0.1:${port}`,
    ANTIPHON_DATA: join(folder, 'data'),
    ANTIPHON_PUBLIC_URL: url,
    ANTIPHON_LIMITS_REQUESTS_PER_SECOND: '100000',
    ANTIPHON_LIMITS_BURST: '100000',
    ANTIPHON_LIMITS_ADDRESS_REQUESTS_PER_SECOND: '100000',
    ANTIPHON_LIMITS_ADDRESS_BURST: '100000',
    ANTIPHON_LIMITS_SIGN_IN_PER_MINUTE: '20',
  },
});
for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += chunk));

let code = 1;
try {
  await isUp();
  const { token, ids } = await furnish();
  code = await run(token, ids);
  if (output.includes('panicked at')) {
    code = 1;
    console.error(output.split('\n').filter((line) => line.includes('panicked at')).join('\n'));
  }
} finally {
  server.kill('SIGTERM');
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code);

async function isUp() {
  const deadline = Date.now() + startTimeoutMs;
  while (!(await fetch(`${url}/healthz`).then((answer) => answer.ok).catch(() => false))) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not come up:\n${output}`);
    await pause(50);
  }
}

/** A workspace with something of everything, so that not every id leads to nothing. */
async function furnish() {
  const setup = output.match(/\/setup\/([\w-]+)/)?.[1];
  const who = { email: 'ada@example.org', password: 'a long password of Ada', time_zone: 'UTC', language: 'en' };
  const answer = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ ...who, token: setup, workspace_name: 'Society', name: 'Ada' }),
  });
  const token = answer.headers.get('set-cookie')?.match(/antiphon=([^;]+)/)?.[1];
  const ask = async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const asked = await fetch(`${url}${path}`, { method, headers, body: body && JSON.stringify(body) });
    if (!asked.ok) throw new Error(`${method} ${path}: ${asked.status} ${await asked.text()}`);
    return asked.json();
  };
  const start = await ask('GET', '/api/start');
  const channel = start.channels[0].id;
  const message = await ask('POST', `/api/channels/${channel}/messages`, { id: crypto.randomUUID(), text: 'Hello **there**' });
  const topic = await ask('POST', `/api/channels/${channel}/topics`, { id: crypto.randomUUID(), title: 'Plans', origin_id: message.id });
  const made = await ask('POST', `/api/channels/${channel}/hooks/outgoing`, { name: 'CI', url: 'https://ci.invalid/', events: ['topic.changed'] });
  const { url: hookUrl } = await ask('POST', `/api/channels/${channel}/hooks/incoming`, { name: 'CI' });
  const ids = {
    space: start.spaces[0].id,
    channel,
    message: message.id,
    topic: topic.id,
    emoji: '👍',
    hook: made.hook.id,
    secret: hookUrl.split('/').at(-1),
  };
  return { token, ids };
}

async function run(token, ids) {
  const config = join(folder, 'schemathesis.toml');
  const parameters = Object.entries(ids).map(([name, value]) => `"path.${name}" = ${JSON.stringify(value)}`);
  writeFileSync(config, ['[parameters]', ...parameters, ''].join('\n'));
  const args = [
    ...['--config-file', config, 'run', `${url}/api/openapi.json`, '--header', `Authorization: Bearer ${token}`],
    ...['--phases', 'coverage,fuzzing', '--max-examples', String(maxExamples), '--max-time', String(maxTimeS)],
    ...['--checks', checks.join(','), '--seed', '1', '--generation-database', 'none', '--continue-on-failure', '--no-color'],
    ...['--workers', '2', '--warnings', 'off', '--suppress-health-check', 'all'],
    ...excluded.flatMap((id) => ['--exclude-operation-id', id]),
  ];
  const program = spawn(process.env.SCHEMATHESIS ?? 'schemathesis', args, { cwd: folder, stdio: 'inherit' });
  const [exit] = await once(program, 'exit');
  return exit ?? 1;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address();
  probe.close();
  await once(probe, 'close');
  return free;
}
