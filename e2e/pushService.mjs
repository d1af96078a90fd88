/** A push service for stories, and the side of the browser that reads what it gets (RFC 8291). */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';

/** `pushes` grows with each that comes, as the browser reads it, with the moment by this clock. */
export async function openPushService(t, now = Date.now) {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const auth = randomBytes(16);
  const pushes = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    pushes.push({ at: now(), path: request.url, headers: request.headers, text: read(keys, auth, Buffer.concat(chunks)) });
    response.writeHead(201).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const host = `127.0.0.1:${server.address().port}`;
  const subscription = {
    endpoint: `http://${host}/bob`,
    p256dh: keys.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
  };
  return { host, pushes, subscription };
}

function read(keys, auth, message) {
  const salt = message.subarray(0, 16);
  const theirs = message.subarray(21, 21 + message[20]);
  const sealed = message.subarray(21 + message[20]);
  const shared = keys.computeSecret(theirs);
  const both = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), theirs]);
  const input = Buffer.from(hkdfSync('sha256', shared, auth, both, 32));
  const key = Buffer.from(hkdfSync('sha256', input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16));
  const nonce = Buffer.from(hkdfSync('sha256', input, salt, Buffer.from('Content-Encoding: nonce\0'), 12));
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}
