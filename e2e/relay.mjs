/**
 * A mail relay for the specs: nodemailer's smtp-server, unmodified, on this machine. It keeps what it takes.
 *
 * The certificate is made anew for each relay; `ca` is the file that a server must trust to speak TLS with it.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse } from './harness.mjs';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const { SMTPServer } = require('smtp-server');
const { generate } = require('selfsigned');

export const relayUser = 'talk';
export const relayPassword = 'the password of the relay';

/**
 * @param {import('node:test').TestContext} t ends it
 * @param {object} options `implicit`: TLS from the first byte; `auth`: takes mail only after sign-in; `refuses`: a mail
 *   address that it does not know
 */
export async function openRelay(t, folder, { implicit = false, auth = false, refuses = '' } = {}) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  const ca = join(folder, `relay-${Math.random().toString(36).slice(2)}.pem`);
  writeFileSync(ca, cert);
  const letters = [];
  const server = new SMTPServer({
    secure: implicit,
    key,
    cert,
    authOptional: !auth,
    disabledCommands: auth ? [] : ['AUTH'],
    onAuth({ username, password }, _session, done) {
      const isRight = username === relayUser && password === relayPassword;
      done(isRight ? null : new Error('535 5.7.8 These credentials are not ours'), { user: username });
    },
    onRcptTo({ address }, _session, done) {
      done(address === refuses ? Object.assign(new Error('5.1.1 Nobody of that name'), { responseCode: 550 }) : null);
    },
    onData(stream, session, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), secure: session.secure, text: Buffer.concat(chunks).toString() });
        done(null, 'kept');
      });
    },
  });
  // A client that breaks off is the business of the test.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  t.after(() => new Promise((resolve) => server.close(resolve)));
  return { ca, letters, port: server.server.address().port };
}

/** The first link to `path` in a letter; its lines may be broken for the way. */
export function linkIn(letter, path) {
  const whole = letter.text.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return whole.match(new RegExp(`http://\\S*${path}[\\w-]+`))?.[0] ?? '';
}

/** A house that sends its mail to a relay of its own. */
export async function openHouseWithMail(t) {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-relay-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const relay = await openRelay(t, folder);
  const house = await openHouse(t, {
    ANTIPHON_MAIL_FROM: 'Harbour <talk@harbour.example>',
    ANTIPHON_MAIL_SMTP_HOST: 'localhost',
    ANTIPHON_MAIL_SMTP_PORT: String(relay.port),
    ANTIPHON_MAIL_SMTP_TLS: 'starttls',
    ANTIPHON_MAIL_SMTP_CA_FILE: relay.ca,
  });
  return { house, relay };
}
