/** What goes out: transcripts, one's own data, and people themselves. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { general, message, newId, open, post } from './talk.mjs';

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

  await t.test('an owner has everything as one archive', async () => {
    await ada.goto('/settings/workspace');
    await ada.page.getByText('No export is kept at the moment.').waitFor();
    await ada.page.getByRole('button', { name: 'Export the workspace' }).click();
    const button = ada.page.getByRole('listitem').getByRole('button', { name: 'Download' });
    await button.waitFor();
    await ada.inspect('workspace-export');
    const saving = ada.page.waitForEvent('download');
    await button.click();
    const saved = await saving;
    assert.equal(saved.suggestedFilename(), 'workspace.zip');
    assert.ok(readFileSync(await saved.path()).includes('data/message.jsonl'));
    await bob.goto('/settings/workspace');
    await bob.page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await bob.page.getByText('Everything as one archive').count(), 0);
  });

  await t.test('everybody takes their own data along', async () => {
    await bob.goto('/settings/sessions');
    const saving = bob.page.waitForEvent('download');
    await bob.page.getByRole('button', { name: 'Download my data' }).click();
    const saved = await saving;
    assert.equal(saved.suggestedFilename(), 'my-data.zip');
    assert.equal(readFileSync(await saved.path()).subarray(0, 2).toString(), 'PK');
    await bob.inspect('your-data');
  });

  await t.test('an administrator erases somebody, and what they wrote stays', async () => {
    const cleo = await house.newPerson('Cleo Moon', { spaceId: channel.space_id });
    await post(cleo, channel, 'I was never here');
    await ada.goto(`/people/${cleo.me.id}`);
    await ada.page.getByRole('button', { name: 'Erase', exact: true }).click();
    const asking = ada.page.getByRole('dialog', { name: 'Erase Cleo Moon?' });
    await ada.inspect('erase-person');
    await asking.getByRole('button', { name: 'Erase', exact: true }).click();
    await ada.page.getByRole('heading', { name: 'Deleted person' }).first().waitFor();
    await open(ada, channel);
    await message(ada.page, 'I was never here').getByText('Deleted person').first().waitFor();
  });

  await t.test('one erases oneself, with all that one wrote', async () => {
    bob.expectConsole(/status of 401/);
    bob.expectConsole(/WebSocket/);
    await bob.page.getByRole('button', { name: 'Erase my account' }).click();
    const asking = bob.page.getByRole('dialog', { name: 'Erase your account?' });
    await asking.getByRole('radio', { name: /Are deleted too/ }).check({ force: true });
    await asking.getByLabel('Current password').fill(bob.password);
    await bob.inspect('erase-me');
    await asking.getByRole('button', { name: 'Erase', exact: true }).click();
    // Two reasons lead there at once, the answer and the end of the session: one navigation may cut off the other.
    await eventually(() => bob.page.url().includes('/sign-in'), 'the way ends at the sign-in page');
    await eventually(async () => (await ada.page.getByText('Shall we print it').count()) === 0, 'the message is deleted');
  });
});
