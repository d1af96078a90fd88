/** Files as two people see them: added in every way, sent, looked at, heard, and gone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, open, say } from './talk.mjs';

/** A picture with something to see, drawn by the browser: hills under a sun. */
async function paint(person, width, height, hue, type = 'image/jpeg') {
  const base64 = await person.page.evaluate(
    ([width, height, hue, type]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const brush = canvas.getContext('2d');
      const sky = brush.createLinearGradient(0, 0, 0, height);
      sky.addColorStop(0, `hsl(${hue} 60% 55%)`);
      sky.addColorStop(1, `hsl(${hue + 40} 80% 85%)`);
      brush.fillStyle = sky;
      brush.fillRect(0, 0, width, height);
      brush.fillStyle = 'hsl(45 95% 70%)';
      brush.beginPath();
      brush.arc(width * 0.7, height * 0.3, height * 0.09, 0, 7);
      brush.fill();
      for (let layer = 0; layer < 4; layer += 1) {
        brush.fillStyle = `hsl(${hue + 120} 30% ${50 - layer * 10}%)`;
        brush.beginPath();
        brush.moveTo(0, height);
        for (let x = 0; x <= width; x += 8) {
          const wave = Math.sin(x / (width / (7 + layer)) + layer * 2) + 0.5 * Math.sin(x / (width / 23) + layer);
          brush.lineTo(x, height * (0.55 + layer * 0.1) + (wave * height) / 18);
        }
        brush.lineTo(width, height);
        brush.fill();
      }
      return canvas.toDataURL(type, 0.9).split(',')[1];
    },
    [width, height, hue, type],
  );
  return Buffer.from(base64, 'base64');
}

/** A second of a tone, as a WAV. */
function tone(seconds = 1) {
  const n_samples = 8_000 * seconds;
  const wav = Buffer.alloc(44 + n_samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + n_samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(8_000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(n_samples, 40);
  for (let idx = 0; idx < n_samples; idx += 1) wav[44 + idx] = 128 + Math.round(60 * Math.sin(idx / 3));
  return wav;
}

/** The head of a film of 65 s, with no pictures in it. */
const film = (() => {
  const part = (name, ...bodies) => {
    const body = Buffer.concat(bodies);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(name, 4);
    return Buffer.concat([head, body]);
  };
  const numbers = (...all) => {
    const bytes = Buffer.alloc(all.length * 4);
    all.forEach((number, idx) => bytes.writeUInt32BE(number, idx * 4));
    return bytes;
  };
  const length = part('mvhd', numbers(0, 0, 0, 600, 39_000), Buffer.alloc(80));
  const size = part('tkhd', Buffer.alloc(40), numbers(65_536), Buffer.alloc(32), numbers(640 * 65_536, 360 * 65_536));
  return Buffer.concat([part('ftyp', Buffer.from('isom\0\0\0\0isommp42')), part('moov', length, part('trak', size)), part('mdat', Buffer.alloc(500))]);
})();

/** A page with a heading of the standard font and a line under it. */
const drawnPdf = (() => {
  const drawing = 'BT /F1 42 Tf 60 700 Td (Mill and gates) Tj ET 0 0.42 0.38 rg 60 660 360 8 re f';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, idx) => {
    const place = text.length;
    text += `${idx + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table);
})();
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');

const pick = (person, files) => person.page.locator('[data-pane="main"] input[data-attach]').setInputFiles(files);
const cards = (person) => person.page.getByRole('list', { name: 'Files to be sent' }).getByRole('listitem');
const sent = (person) => person.page.getByRole('button', { name: 'Send', exact: true });

/** Puts files where a paste or a drop would bring them. */
function bring(person, how, files) {
  const plain = files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, base64: buffer.toString('base64') }));
  return field(person.page).evaluate(
    (box, [how, plain]) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of plain) {
        data.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name, { type }));
      }
      if (how === 'paste') box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      else box.closest('[data-pane]').dispatchEvent(new DragEvent(how, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [how, plain],
  );
}

test('files', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const bob = await house.newPerson('Bob Frost');
  const channel = await general(ada);
  await bob.request('POST', `/api/spaces/${channel.space_id}/join`);
  await open(ada, channel);
  await open(bob, channel);
  const hills = await paint(ada, 2400, 1600, 200);
  const dusk = await paint(ada, 1200, 1800, 280);
  const clear = await paint(ada, 900, 600, 20, 'image/webp');

  await t.test('pictures are picked, shown as cards, and sent with words', async () => {
    await pick(ada, [
      { name: 'hills.jpg', mimeType: 'image/jpeg', buffer: hills },
      { name: 'dusk.jpg', mimeType: 'image/jpeg', buffer: dusk },
      { name: 'morning.webp', mimeType: 'image/webp', buffer: clear },
    ]);
    await eventually(async () => (await cards(ada).locator('[data-state="done"]').count()) + (await cards(ada).filter({ hasText: /[kM]B/ }).count()) >= 3, 'three cards have arrived');
    await eventually(() => sent(ada).isEnabled(), 'nothing is on its way any more');
    await ada.inspect('files-composer');
    await say(ada.page, 'From the walk on Sunday');
    const seen = message(bob.page, 'From the walk on Sunday');
    await seen.getByRole('button', { name: 'Show hills.jpg large' }).waitFor();
    await eventually(() => seen.locator('img[data-there]').count().then((n) => n === 3), 'all three pictures are there');
    assert.equal(await cards(ada).count(), 0, 'the composer is empty again');
    await bob.inspect('files-pictures');
  });

  await t.test('the lightbox goes from one to the next by keys, and gives focus back', async () => {
    const first = message(bob.page, 'From the walk').getByRole('button', { name: 'Show hills.jpg large' });
    await first.click();
    const box = bob.page.getByRole('dialog', { name: 'Picture: hills.jpg' });
    await box.getByText('1 of 3').waitFor();
    await eventually(() => box.locator('img').evaluate((image) => image.complete && image.naturalWidth === 1600), 'the large version is there');
    await bob.inspect('files-lightbox');
    await bob.page.keyboard.press('ArrowRight');
    await bob.page.getByRole('dialog', { name: 'Picture: dusk.jpg' }).waitFor();
    await bob.page.keyboard.press('+');
    await eventually(() => bob.page.locator('dialog[open] img').evaluate((image) => image.naturalHeight === 1800), 'zoomed, it is whole');
    await bob.page.keyboard.press('-');
    await bob.page.keyboard.press('ArrowLeft');
    await box.waitFor();
    await bob.page.keyboard.press('Escape');
    await box.waitFor({ state: 'detached' });
    assert.equal(await first.evaluate((button) => button === document.activeElement), true);
  });

  await t.test('a pasted picture and dropped files come in, and can be taken out', async () => {
    await bring(ada, 'paste', [{ name: 'image.png', mimeType: 'image/png', buffer: await paint(ada, 300, 200, 90, 'image/png') }]);
    await bring(ada, 'dragover', [{ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') }]);
    await ada.page.getByText('Drop the files to attach them').waitFor();
    await bring(ada, 'drop', [
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') },
      { name: 'tone.wav', mimeType: 'audio/wav', buffer: tone() },
      { name: 'paper.pdf', mimeType: 'application/pdf', buffer: pdf },
      { name: 'gates.pdf', mimeType: 'application/pdf', buffer: drawnPdf },
    ]);
    await eventually(async () => (await cards(ada).count()) === 5, 'five cards');
    await ada.page.getByRole('button', { name: 'Take out image.png' }).click();
    await eventually(async () => (await cards(ada).count()) === 4, 'four cards are left');
    await eventually(() => sent(ada).isEnabled(), 'they have arrived');
    await cards(ada).filter({ hasText: 'tone.wav' }).filter({ hasText: '0:01' }).waitFor();
  });

  await t.test('a film says how long it is before it is sent, and to its readers', async () => {
    await pick(ada, [{ name: 'harbour.mp4', mimeType: 'video/mp4', buffer: film }]);
    await cards(ada).filter({ hasText: '1:05' }).waitFor();
    await eventually(() => sent(ada).isEnabled(), 'it has arrived');
    const kept = await ada.page.evaluate(async () => {
      const ids = JSON.parse(Object.entries(localStorage).find(([key]) => key.startsWith('antiphon.tray.'))[1]);
      return (await fetch(`/api/uploads/${ids.at(-1)}/file`)).json();
    });
    assert.deepEqual([kept.kind, kept.duration_ms, kept.width, kept.height], ['video', 65_000, 640, 360]);
    await ada.page.getByRole('button', { name: 'Take out harbour.mp4' }).click();
    await cards(ada).filter({ hasText: 'harbour.mp4' }).waitFor({ state: 'detached' });
  });

  await t.test('what has arrived outlives a reload', async () => {
    await ada.page.reload();
    await eventually(async () => (await cards(ada).count()) === 4, 'the cards are there again');
    await sent(ada).click();
    await bob.page.getByRole('link', { name: 'Save notes.txt' }).waitFor();
    await bob.page.getByRole('link', { name: 'Open paper.pdf' }).waitFor();
    const pages = bob.page.locator('[data-preview]');
    await pages.filter({ hasText: 'gates.pdf' }).locator('img').waitFor();
    await eventually(() => pages.locator('img').evaluate(({ naturalHeight }) => naturalHeight > 600), 'the first page is drawn');
    assert.equal(await pages.count(), 1, 'of what cannot be drawn there is no picture');
    const sound = bob.page.getByLabel('Sound: tone.wav');
    await eventually(() => sound.evaluate((audio) => Math.round(audio.duration) === 1), 'the browser knows how long it lasts');
    await bob.inspect('files-cards');
  });

  await t.test('an upload waits for the network and goes on by itself', async () => {
    ada.expectConsole(/ERR_INTERNET_DISCONNECTED/);
    await ada.context.setOffline(true);
    await pick(ada, [{ name: 'offline.jpg', mimeType: 'image/jpeg', buffer: hills }]);
    await cards(ada).getByText('Goes on when the network is back').waitFor();
    await ada.screenshot('files-waiting');
    await ada.context.setOffline(false);
    await eventually(() => sent(ada).isEnabled(), 'it has arrived', 20_000);
    await ada.page.getByRole('button', { name: 'Take out offline.jpg' }).click();
  });

  await t.test('a voice note is recorded, and heard with keys', async () => {
    await ada.page.getByRole('button', { name: 'Record a voice note' }).click();
    await ada.page.getByRole('button', { name: 'Add voice note' }).waitFor();
    await ada.page.waitForTimeout(1_500);
    await ada.screenshot('files-recording');
    await ada.page.getByRole('button', { name: 'Add voice note' }).click();
    await eventually(async () => (await cards(ada).count()) === 1 && (await sent(ada).isEnabled()), 'it has arrived');
    await sent(ada).click();
    const note = bob.page.getByRole('group', { name: /^Voice note, 0:0/ });
    await note.waitFor();
    const place = note.getByRole('slider', { name: 'Place in the voice note' });
    const bars = await place.locator('span').count();
    assert.equal(bars, 56, 'the waveform came along');
    await place.focus();
    await bob.page.keyboard.press('End');
    assert.match(await place.getAttribute('aria-valuetext'), /^0:0[1-9] of 0:0[1-9]$/);
    await bob.page.keyboard.press('Home');
    assert.match(await place.getAttribute('aria-valuetext'), /^0:00 of/);
    await note.getByRole('button', { name: 'Play' }).click();
    await note.getByRole('button', { name: 'Play' }).waitFor();
    await bob.inspect('files-voice');
  });

  await t.test('the gallery shows what was posted, and leads back to it', async () => {
    await bob.page.getByRole('button', { name: 'About this channel' }).click();
    await bob.page.getByRole('link', { name: 'Pictures, files and links' }).click();
    const shelf = bob.page.getByRole('list', { name: 'Pictures' });
    await eventually(() => shelf.locator('img[data-there]').count().then((n) => n === 3), 'three pictures');
    await bob.inspect('files-gallery');
    await shelf.getByRole('button', { name: 'Show dusk.jpg large' }).click();
    await bob.page.getByRole('dialog', { name: 'Picture: dusk.jpg' }).waitFor();
    await bob.page.keyboard.press('Escape');
    await bob.page.getByRole('navigation', { name: 'Kinds of files' }).getByRole('link', { name: 'Files' }).click();
    await bob.page.getByText('paper.pdf').waitFor();
    await bob.inspect('files-gallery-files');
    await bob.page.getByRole('link', { name: 'Message' }).first().click();
    await bob.page.locator('article[data-marked]').waitFor();
    await bob.goto('/files');
    await bob.page.getByText('All channels that you are in').waitFor();
    await open(bob, channel);
  });

  await t.test('an edit takes a picture out, and deleting takes the rest', async () => {
    const own = message(ada.page, 'From the walk');
    await own.scrollIntoViewIfNeeded();
    // By keys: what comes into view above and below may carry the message away from under the mouse.
    const menuOf = async () => {
      await own.focus();
      await own.getByRole('button', { name: 'More', exact: true }).waitFor();
      await ada.page.keyboard.press('.');
    };
    await menuOf();
    await ada.page.getByRole('menuitem', { name: 'Edit' }).click();
    await ada.page.getByRole('button', { name: 'Take out dusk.jpg' }).click();
    await ada.inspect('files-editing');
    await ada.page.getByRole('button', { name: 'Save', exact: true }).click();
    await ada.page.getByRole('textbox', { name: 'Edit message' }).waitFor({ state: 'detached' });
    const seen = message(bob.page, 'From the walk');
    await seen.getByRole('button', { name: 'Show dusk.jpg large' }).waitFor({ state: 'detached' });
    await field(ada.page).waitFor();
    const { messages } = await bob.request('GET', `/api/channels/${channel.id}/messages`);
    const { id } = messages.find(({ text }) => text.startsWith('From the walk')).files[0];
    await menuOf();
    await ada.page.getByRole('menuitem', { name: 'Delete' }).click();
    // A row that is drawn anew may ask for its picture at the moment when it goes.
    ada.expectConsole(/404 .*\/api\/files\//);
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await seen.waitFor({ state: 'detached' });
    bob.expectConsole(/404/);
    const status = await bob.page.evaluate((id) => fetch(`/api/files/${id}`).then(({ status }) => status), id);
    assert.equal(status, 404);
  });
});
