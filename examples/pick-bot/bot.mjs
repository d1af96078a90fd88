/**
 * A bot that picks: "!pick tea, coffee, cocoa" is answered in a topic, with one of them.
 *
 *   ANTIPHON_URL=https://talk.example.org ANTIPHON_TOKEN=… node bot.mjs
 *
 * Needs Node 22 (Node 20 with --experimental-websocket) and nothing else. The token needs the scopes `read` and
 * `messages:write`; the bot hears the channels of whoever made it. How it works stands in README.md.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const longestPauseMs = 60_000;

/** What to choose from: the words after "!pick", split at commas; nothing when there are not two. */
export function choicesOf(text) {
  const asked = /^!pick\s+(.+)$/i.exec(text.trim());
  const choices = asked ? asked[1].split(',').map((choice) => choice.trim()).filter(Boolean) : [];
  return choices.length > 1 ? choices : null;
}

/**
 * An id made of another one, so that hearing something twice is answered once: the server knows the id and gives back what
 * it has. A UUID of version 8, which is for ids of one's own making.
 */
export function idFrom(id, what) {
  const hex = createHash('sha256').update(`${what} ${id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

class Bot {
  constructor(url, token) {
    this.url = url;
    this.headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    this.cursors = {};
  }

  async ask(method, path, body) {
    const answer = await fetch(`${this.url}${path}`, { method, headers: this.headers, body: body && JSON.stringify(body) });
    // 429 and 503 say when to come back; the ids make it safe to ask again.
    if (answer.status === 429 || answer.status === 503) {
      await pause(Number(answer.headers.get('retry-after') ?? 5) * 1000);
      return this.ask(method, path, body);
    }
    const text = await answer.text();
    const said = text ? JSON.parse(text) : null;
    if (answer.status === 409 && said.type === '/problems/conflict') return null;
    if (!answer.ok) throw new Error(`${method} ${path}: ${said.title}. ${said.detail ?? ''}`);
    return said;
  }

  /** Where every log stands now: what is said from here on is answered. */
  async begin() {
    const start = await this.ask('GET', '/api/start');
    this.cursors = start.cursors;
    console.log(`listening as ${start.me.name} in ${start.channels.length} channels`);
  }

  /** Listens until the connection ends; what is missed meanwhile comes after the cursors at the next time. */
  listen() {
    return new Promise((ended) => {
      const socket = new WebSocket(`${this.url.replace(/^http/, 'ws')}/api/socket`, { headers: this.headers });
      let work = Promise.resolve();
      socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'hello', cursors: this.cursors })));
      socket.addEventListener('message', ({ data }) => {
        work = work.then(() => this.hear(JSON.parse(data))).catch((error) => console.error(error.message));
      });
      socket.addEventListener('error', () => undefined);
      socket.addEventListener('close', (event) => void work.then(() => ended(event.code)));
    });
  }

  async hear(frame) {
    if (frame.type === 'ready') Object.assign(this.cursors, frame.heads);
    if (frame.type === 'added' || frame.type === 'reset') this.cursors[frame.scope] = frame.seq;
    if (frame.type === 'gone') delete this.cursors[frame.scope];
    if (frame.type !== 'event') return;
    // The one rule of the logs: the next number, and nothing else.
    if (frame.seq !== (this.cursors[frame.scope] ?? 0) + 1) return;
    if (frame.kind === 'message.posted') await this.answer(frame.body.message);
    this.cursors[frame.scope] = frame.seq;
  }

  async answer(message) {
    const choices = choicesOf(message.text);
    if (!choices) return;
    const topic = message.topic_id ?? (await this.topicAt(message));
    if (!topic) return;
    const picked = choices[Math.floor(Math.random() * choices.length)];
    await this.ask('POST', `/api/channels/${message.channel_id}/messages`, {
      id: idFrom(message.id, 'answer'),
      topic_id: topic,
      text: `I pick **${picked}**.`,
    });
    console.log(`answered ${message.id}`);
  }

  /** A topic that begins at the message. Null when somebody was faster: they have the floor. */
  async topicAt(message) {
    const topic = { id: idFrom(message.id, 'topic'), title: message.text.trim().slice(0, 80), origin_id: message.id };
    return (await this.ask('POST', `/api/channels/${message.channel_id}/topics`, topic))?.id ?? null;
  }
}

async function main() {
  const { ANTIPHON_URL: url = 'http://127.0.0.1:8080', ANTIPHON_TOKEN: token } = process.env;
  if (!token || typeof WebSocket === 'undefined') {
    console.error('ANTIPHON_TOKEN must hold a token, and Node must know WebSocket (Node 22, or --experimental-websocket).');
    process.exit(1);
  }
  const bot = new Bot(url.replace(/\/$/, ''), token);
  await bot.begin();
  for (let pauseMs = 1000; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const began = Date.now();
    const code = await bot.listen();
    if (code === 4401) {
      console.error('the token was revoked or has run out');
      process.exit(1);
    }
    if (Date.now() - began > longestPauseMs) pauseMs = 1000;
    await pause(pauseMs);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
