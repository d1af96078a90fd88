/** What the stories of live sessions share: what a page hears and sees, and how it is told to do something. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** Keeps every connection of the page; with `ports`, sound and pictures go through the relay and not around it. */
export const watch = (page, ports = null) =>
  page.addInitScript((ports) => {
    window.connections = [];
    const Native = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Native {
      constructor(...given) {
        super(...given);
        window.connections.push(this);
      }
      setRemoteDescription(description) {
        if (!ports) return super.setRemoteDescription(description);
        const lines = description.sdp.split('\r\n').filter((line) => !/^a=candidate:.* tcp /i.test(line));
        const sdp = lines.map((line) => (line.startsWith('a=candidate:') ? line.replace(` ${ports[0]} `, ` ${ports[1]} `) : line)).join('\r\n');
        return super.setRemoteDescription({ type: description.type, sdp });
      }
      addIceCandidate(candidate) {
        return ports ? Promise.resolve() : super.addIceCandidate(candidate);
      }
    };
  }, ports);

/** How many packets of sound and frames of pictures a watched page has received. */
export const received = (page) =>
  page.evaluate(async () => {
    const sum = { audio: 0, video: 0 };
    for (const connection of window.connections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp') sum[report.kind] += report.kind === 'audio' ? report.packetsReceived : (report.framesDecoded ?? 0);
      }
    }
    return sum;
  });

export async function until(holds, what, timeoutMs = 25_000) {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `in ${timeoutMs / 1000} seconds: ${what}`);
    await pause(200);
  }
}

export const tiles = (page) => page.getByRole('list', { name: 'Who is in' }).getByRole('listitem');

export const control = (page, name) => page.getByRole('toolbar', { name: 'What you can do' }).getByRole('button', { name, exact: true });

/** Chooses something of what is not needed at once; what is ticked has another role. */
export async function choose(page, name, role = 'menuitem') {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole(role, { name }).click();
}
