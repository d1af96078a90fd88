/** What goes out: the transcript of a channel and of a topic, as a file that the browser saves. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general, newId, open, post } from './talk.mjs';

test('in and out', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await bob.request('GET', '/api/start');
  const asked = await post(bob, channel, `Shall we print it, <@${ada.me.id}>?`);
  const topic = await ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'Print it', origin_id: asked.id });
  await post(ada, channel, 'On blue paper, Bob', { topic_id: topic.id ?? topic.topic?.id });
  await open(ada, channel);
  const dialog = ada.page.getByRole('dialog', { name: 'Export transcript' });

  const save = async () => {
    const saving = ada.page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download' }).click();
    const download = await saving;
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  };

  await t.test('a channel goes out as text with speakers and times', async () => {
    await ada.goto(`/c/${channel.id}?transcript=true`);
    await dialog.waitFor();
    await ada.inspect('transcript');
    const { name, text } = await save();
    assert.equal(name, 'general-transcript.md');
    assert.match(text, /\*\*Bob Frost\*\*, \d\d:\d\d:\d\d\n\n> Shall we print it, @Ada Lovelace\?/);
    assert.match(text, /in “Print it”/);
    await dialog.waitFor({ state: 'detached' });
    assert.equal(new URL(ada.page.url()).search, '', 'the address is that of the channel again');
  });

  await t.test('the menu of a channel leads there, also on a phone', async () => {
    await ada.page.setViewportSize({ width: 360, height: 740 });
    await ada.goto('/');
    await ada.page.getByRole('button', { name: 'More for general' }).click();
    await ada.page.getByRole('menuitem', { name: 'Export transcript' }).click();
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await ada.page.setViewportSize({ width: 1440, height: 900 });
  });

  await t.test('a topic goes out without anybody’s name', async () => {
    await ada.goto(`/c/${channel.id}/t/${topic.id ?? topic.topic?.id}`);
    await ada.page.getByRole('button', { name: 'Export transcript' }).click();
    await dialog.getByLabel('File', { exact: true }).selectOption('json');
    await dialog.getByRole('switch', { name: /Replace names/ }).check();
    await dialog.getByLabel('Period').selectOption({ label: 'From one day to another' });
    await dialog.getByLabel('First day').fill('2020-01-01');
    await dialog.getByLabel('Last day').fill('2019-01-01');
    await dialog.getByRole('button', { name: 'Download' }).click();
    await dialog.getByText('Choose both days').waitFor();
    await ada.inspect('transcript-wrong-days');
    await dialog.getByLabel('Last day').fill('2099-01-01');
    const { name, text } = await save();
    assert.equal(name, 'print-it-transcript.json');
    const { messages, n_messages } = JSON.parse(text);
    assert.equal(n_messages, 2);
    assert.deepEqual(
      messages.map((message) => message.text),
      ['Shall we print it, @Person 1?', 'On blue paper, Person 2'],
    );
    for (const secret of ['Ada', 'Lovelace', 'Bob', 'Frost']) assert.ok(!text.includes(secret), secret);
  });
});
