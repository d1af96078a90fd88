/** What is behind somebody stays with them: it is put in on their device, before anything is sent. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { choose, control, tiles, until } from './calls.mjs';
import { openHouse } from './harness.mjs';
import { general, newId } from './talk.mjs';

/** Draws with the processor what a graphics unit would draw: slow, and the same. The camera shows person.jpg (Eileen Collins, NASA,
 *  in the public domain) over and over. */
const flagsOf = (film) => ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', `--use-file-for-fake-video-capture=${film}`];

/** Red, green and blue, from 0 to 255, of two places of a picture: beside the person, and their orange suit. */
const colours = (video) =>
  video.evaluate((element) => {
    const canvas = new OffscreenCanvas(64, 36);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(element, 0, 0, 64, 36);
    const at = (x, y) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3);
    return { beside: at(22, 4), suit: at(40, 33) };
  });
const isNight = ([r, g, b]) => r < 90 && g < 90 && b > g + 10;
const isWall = ([r, g, b]) => r > 150 && r < 225 && g > 140 && b > 120;
const isIcon = ([r, g, b]) => r > 225 && g > 225 && b > 220;
const isOrange = ([r, g, b]) => r > 150 && r > b + 60;

/** The browser has one camera for a film; here it seems to have another. */
const addCamera = (page) =>
  page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const [list, open] = [mediaDevices.enumerateDevices.bind(mediaDevices), mediaDevices.getUserMedia.bind(mediaDevices)];
    mediaDevices.enumerateDevices = async () => [...(await list()), { kind: 'videoinput', deviceId: 'second', groupId: '', label: 'The other one' }];
    mediaDevices.getUserMedia = (wanted) => open(JSON.stringify(wanted).includes('"second"') ? { ...wanted, video: true } : wanted);
    const apply = MediaStreamTrack.prototype.applyConstraints;
    MediaStreamTrack.prototype.applyConstraints = function (wanted) {
      return apply.call(this, JSON.stringify(wanted ?? {}).includes('"second"') ? {} : wanted);
    };
  });

test('what is behind somebody', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-film-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const picture = readFileSync(new URL('person.jpg', import.meta.url));
  const film = join(folder, 'person.mjpeg');
  writeFileSync(film, Buffer.concat(Array(30).fill(picture)));
  const house = await openHouse(t, {}, '127.0.0.1', flagsOf(film));
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await addCamera(ada.page);
  // The library leaves the last picture before it ends to the browser.
  ada.expectConsole(/VideoFrame was garbage collected/);
  const live_id = newId();
  await ada.request('POST', `/api/channels/${channel.id}/live`, { id: live_id, message_id: newId(), backchannel_id: newId(), about: 'A look', is_open: true });
  const path = `/c/${channel.id}/live/${live_id}`;
  const mirror = ada.page.getByLabel('How you will be seen');
  /** Ada as Bob has her on his screen. */
  const seen = tiles(bob.page).filter({ hasText: 'Ada Lovelace' }).locator('video');
  const shows = (video, isBeside, what) =>
    until(
      async () => {
        if ((await video.count()) === 0) return false;
        const { beside, suit } = await colours(video);
        return isBeside(beside) && isOrange(suit);
      },
      what,
      25_000,
    );
  const camera = () => ada.page.getByRole('dialog', { name: 'Camera and background' });

  await t.test('it is chosen in the lobby, and seen in the mirror', async () => {
    await ada.goto(path);
    await ada.page.getByRole('switch', { name: 'With camera' }).click();
    await shows(mirror, isWall, 'the mirror shows the camera');
    await ada.page.getByRole('radio', { name: 'Night' }).check();
    await shows(mirror, isNight, 'the night is behind her');
    await ada.inspect('background-lobby');
  });

  await t.test('the others see it, and never what was behind', async () => {
    await bob.goto(path);
    for (const { page } of [bob, ada]) await page.getByRole('button', { name: 'Join' }).click();
    await shows(seen, isNight, 'the night is sent');
  });

  await t.test('a camera that was off comes back with it, and another camera too', async () => {
    await control(ada.page, 'Camera').click();
    await seen.waitFor({ state: 'detached' });
    await control(ada.page, 'Camera').click();
    await shows(seen, isNight, 'the night is sent again');
    await choose(ada.page, 'Camera and background');
    const cameras = camera().getByLabel('Camera', { exact: true });
    await cameras.selectOption('The other one');
    await pause(1000);
    await shows(seen, isNight, 'the other camera is as the first');
  });

  await t.test('it is turned off, and a picture of her own is put there', async () => {
    await camera().getByRole('radio', { name: 'As it is' }).check();
    await shows(seen, isWall, 'the wall behind her is sent');
    await camera().locator('input[type="file"]').setInputFiles(new URL('../web/public/icon-512.png', import.meta.url).pathname);
    await camera().getByRole('radio', { name: 'My picture', checked: true }).waitFor();
    await shows(seen, isIcon, 'her picture is sent');
    await ada.inspect('background-dialog');
    await camera().getByRole('button', { name: 'Close' }).click();
  });

  await t.test('a device that does not keep up is told so, in words, with a way out', async () => {
    const notice = ada.page.getByText('This device does not keep up with the background');
    await ada.page.evaluate(() => {
      // A device that is busy with something else, as it is for a quarter of a second of each third.
      window.busy = setInterval(() => {
        for (const end = performance.now() + 250; performance.now() < end; );
      }, 300);
    });
    await notice.waitFor({ timeout: 40_000 });
    await ada.page.evaluate(() => clearInterval(window.busy));
    await ada.inspect('background-slow');
    await ada.page.getByRole('button', { name: 'Without background' }).click();
    await notice.waitFor({ state: 'detached' });
    await shows(seen, isWall, 'the camera is sent as it is');
  });

  await t.test('a program that cannot be fetched leaves the camera off, and says why', async () => {
    // Bob's browser has not fetched it before.
    await control(bob.page, 'Leave').click();
    await bob.context.route('**/assets/vision-*/**', (route) => route.abort());
    bob.expectConsole(/vision|ERR_FAILED/);
    await bob.goto(path);
    await bob.page.getByRole('switch', { name: 'With camera' }).click();
    await bob.page.getByRole('radio', { name: 'Very blurred' }).check();
    await bob.page.getByText('could not be put there').waitFor();
    await bob.page.getByRole('button', { name: 'Join' }).click();
    await control(bob.page, 'Camera').waitFor();
    await bob.page.getByText('could not be put there').waitFor();
    assert.equal(await control(bob.page, 'Camera').getAttribute('aria-pressed'), 'false');
  });
});
