/** Programs: a token made on the screen, a bot that answers in a topic, a build server that posts, the page of the API. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { choicesOf, idFrom } from '../examples/pick-bot/bot.mjs';
import { axe, eventually, fits, openHouse } from './harness.mjs';
import { general, inTopic, message, open, post, say } from './talk.mjs';

const bot = new URL('../examples/pick-bot/bot.mjs', import.meta.url).pathname;

test('a person makes a token, and a bot answers in a topic with it', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const { page } = ada;
  const channel = await general(ada);
  let token = '';

  await t.test('the token is made, shown once and listed', async () => {
    await ada.goto('/settings/tokens');
    await page.getByText('A bot or a script needs a token').waitFor();
    await ada.inspect('tokens-empty');
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByLabel('What it is for').fill('Pick bot');
    await page.getByRole('switch', { name: 'Read everything' }).check();
    await page.getByRole('switch', { name: 'Write messages and topics' }).check();
    await ada.inspect('token-form');
    await page.getByRole('dialog').getByRole('button', { name: 'Make a token' }).click();
    token = await page.getByLabel('Token “Pick bot”').inputValue();
    assert.equal(token.length, 43);
    await ada.inspect('token-made');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Pick bot' }).getByText('Never used').waitFor();
    assert.ok(!(await page.content()).includes(token), 'the secret is not in the page any more');
    await ada.inspect('tokens');
  });

  const node = process.versions.node.startsWith('20.') ? ['--experimental-websocket', '--no-warnings'] : [];
  const program = spawn(process.execPath, [...node, bot], { env: { PATH: process.env.PATH, ANTIPHON_URL: house.url, ANTIPHON_TOKEN: token } });
  let said = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk) => (said += chunk));
  t.after(() => program.kill());
  await eventually(() => said.includes('listening as Ada'), `the bot listens: ${said}`);

  await t.test('the bot answers in a topic of the message', async () => {
    await open(ada, channel);
    await say(page, '!pick tea, tea');
    await eventually(() => said.includes('answered'), 'the bot answered');
    await message(page, '!pick tea, tea').waitFor();
    const { items } = await ada.request('GET', `/api/channels/${channel.id}/topics`);
    await ada.goto(`/c/${channel.id}/t/${items[0].id}`);
    await inTopic(page, 'I pick tea.').waitFor();
    await post(ada, channel, 'no question at all');
  });

  await t.test('it goes on after the server was away, and answers once', async () => {
    ada.expectConsole(/ERR_|WebSocket|Failed to load resource/);
    await house.stop();
    await house.start();
    const asked = await post(ada, channel, '!pick left, left');
    const topics = () => ada.request('GET', `/api/channels/${channel.id}/topics`);
    await eventually(async () => (await topics()).items.some(({ origin_id, n_messages }) => origin_id === asked.id && n_messages === 1), 'one answer', 20_000);
  });

  await t.test('a revoked token ends it', async () => {
    await ada.goto('/settings/tokens');
    await page.getByRole('button', { name: 'Revoke the token Pick bot' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('A bot or a script needs a token').waitFor();
    const [code] = program.exitCode === null ? await once(program, 'exit') : [program.exitCode];
    assert.equal(code, 1);
    assert.match(said, /the token was revoked/);
  });
});

test('a build server posts, and whoever looks after the channel sees to it', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const { page } = ada;
  const channel = await general(ada);
  let address = '';

  await t.test('the hook is made in the panel of the channel', async () => {
    await ada.goto(`/c/${channel.id}?about=true`);
    await page.getByText('Let a build server post here').waitFor();
    await page.getByRole('button', { name: 'Let a program post here' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Build server');
    await ada.inspect('hook-form');
    await page.getByRole('button', { name: 'Make it' }).click();
    address = await page.getByLabel('Address for “Build server”').inputValue();
    await ada.inspect('hook-made');
    await page.getByRole('button', { name: 'Done' }).click();
  });

  await t.test('what was made for Slack appears under the name of a bot', async () => {
    const payload = {
      text: 'Build failed',
      attachments: [
        {
          color: 'danger',
          title: 'api #42',
          title_link: 'https://ci.example.org/42',
          text: 'Two tests failed on `main`',
          fields: [{ title: 'Branch', value: 'main', short: true }],
        },
      ],
    };
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ payload: JSON.stringify(payload) }) });
    assert.deepEqual([answer.status, await answer.text()], [200, 'ok']);
    const posted = page.getByRole('article').filter({ hasText: 'Build failed' });
    await posted.getByText('Build server').waitFor();
    await posted.getByText('Bot', { exact: true }).waitFor();
    await posted.getByRole('link', { name: 'api #42' }).waitFor();
    await page.getByText(/Posts here, last used/).waitFor();
    await ada.inspect('hook-posted');
  });

  await t.test('another server is told, and its log says how that went', async () => {
    await page.getByRole('button', { name: 'Tell another server' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Mirror');
    await page.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1/in');
    ada.expectConsole(/422/);
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('the address is not on the public internet').waitFor();
    await page.getByRole('textbox', { name: 'Address' }).fill('http://localhost/in');
    await ada.inspect('hook-out-form');
    await page.getByRole('button', { name: 'Make it' }).click();
    assert.match(await page.getByLabel('Secret of “Mirror”').inputValue(), /^whsec_/);
    await page.getByRole('button', { name: 'Done' }).click();
    await post(ada, channel, 'Does anybody hear this?');
    await page.getByRole('button', { name: 'Log of Mirror' }).click();
    await page.getByRole('dialog').getByText('the address is not on the public internet').waitFor();
    await ada.inspect('hook-log');
    await page.getByRole('button', { name: 'Done' }).click();
    await ada.inspect('hooks');
  });

  await t.test('a removed hook answers as if it had never been', async () => {
    await page.getByRole('button', { name: 'Remove Build server' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove Build server' }).waitFor({ state: 'detached' });
    const answer = await fetch(address, { method: 'POST', body: '{"text":"still there?"}' });
    assert.deepEqual([answer.status, await answer.text()], [404, 'no_service']);
  });

  await t.test('the page of the API can be read', async () => {
    await page.goto(`${house.url}/docs/api`);
    await page.getByRole('heading', { name: 'The API of Antiphon' }).waitFor();
    await page.getByText('/api/channels/{channel}/messages', { exact: true }).first().click();
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await ada.screenshot(`api-${width}`);
      await fits(page, `the page of the API at ${width}`);
      await axe(page, `the page of the API at ${width}`);
    }
    const document = await (await fetch(`${house.url}/api/openapi.json`)).json();
    assert.equal(document.openapi, '3.1.0');
  });
});

test('the bot knows what it is asked, and answers twice with one id', () => {
  assert.deepEqual(choicesOf('!pick tea, coffee,, '), ['tea', 'coffee']);
  for (const text of ['pick tea, coffee', '!pick tea', '!pick', 'well !pick a, b']) assert.equal(choicesOf(text), null, text);
  const id = '01890000-0000-7000-8000-000000000001';
  assert.equal(idFrom(id, 'answer'), idFrom(id, 'answer'));
  assert.notEqual(idFrom(id, 'answer'), idFrom(id, 'topic'));
  assert.match(idFrom(id, 'answer'), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});
