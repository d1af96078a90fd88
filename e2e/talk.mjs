/** The words of the screens that many stories use: where one writes, what one reads, how one gets there. */
import { eventually } from './harness.mjs';

/** The first channel of the workspace, as the API tells it. */
export async function general(person) {
  const { channels } = await person.request('GET', '/api/start');
  return channels.find(({ name }) => name === 'general');
}

/** Opens a channel and waits until it can be read. */
export async function open(person, channel) {
  await person.goto(`/c/${channel.id}`);
  await person.page.locator('[data-pane="main"] [role="feed"], [data-pane="main"] [role="group"]').first().waitFor();
}

/** Posts as this person without a screen; gives the message. */
export function post(person, channel, text, more = {}) {
  return person.request('POST', `/api/channels/${channel.id}/messages`, { id: newId(), text, ...more });
}

/** The last messages of a channel as the record has them, oldest first. */
export async function said(person, channel) {
  const { messages } = await person.request('GET', `/api/channels/${channel.id}/messages`);
  return messages.map(({ text }) => text);
}

/** Posts one after another in one go. */
export function postAll(person, channel, texts) {
  const messages = texts.map((text) => ({ id: newId(), text }));
  return person.page.evaluate(
    async ([path, messages]) => {
      for (const message of messages) {
        await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message) });
      }
    },
    [`/api/channels/${channel.id}/messages`, messages],
  );
}

/** "Card 3.", "Card 4." … */
export function numbered(word, from, to) {
  return Array.from({ length: to - from + 1 }, (_, idx) => `${word} ${from + idx}.`);
}

export function newId() {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

/** The field of the channel, or of the topic beside it. */
export const field = (page) => page.locator('[data-pane="main"] textarea[data-composer]');
export const topicField = (page) => page.locator('[data-pane="aside"] textarea[data-composer]');

/** Somebody who answers at any hour: what is written to them in a direct conversation is not kept for the morning. */
export async function worksAlways(person) {
  const work = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_min: 0, to_min: 1440 }));
  const { hours, revision } = await person.request('GET', '/api/hours');
  await person.request('PUT', '/api/hours', { hours: { ...hours, work, holidays: null }, revision });
}

export async function say(page, text) {
  await field(page).fill(text);
  await field(page).press('Enter');
}

export async function reply(page, text) {
  await topicField(page).fill(text);
  await topicField(page).press('Enter');
}

/** The message with these words, in the channel or in the topic; not one that only quotes them. */
export const message = (page, text) => articleIn(page, 'main', text);
export const inTopic = (page, text) => articleIn(page, 'aside', text);

function articleIn(page, pane, text) {
  return page.locator(`[data-pane="${pane}"]`).locator('article[data-message-id]').filter({ has: page.locator('p', { hasText: text }) });
}

/** All that the feed shows, top to bottom: first lines only, for comparing an order. */
export function texts(page, pane = 'main') {
  return page.locator(`[data-pane="${pane}"] article[data-message-id] p`).allTextContents();
}

/** Picks from the menu of a message. */
export async function act(page, article, name) {
  const more = article.getByRole('button', { name: 'More', exact: true });
  // What is said meanwhile moves the message away from under the pointer, and its button goes with that.
  await eventually(async () => {
    await article.hover();
    return more.click({ timeout: 1_000 }).then(
      () => true,
      () => false,
    );
  }, 'the menu of the message opens');
  await page.getByRole('menuitem', { name }).click();
}

/** The row of a channel in the sidebar. */
export const row = (page, name) => page.getByRole('navigation', { name: 'Channels and conversations' }).getByRole('link', { name });
