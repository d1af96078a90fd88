/** Whether pictures come by themselves, or only when the reader asks for one. Belongs to this browser; by itself only what
 *  the browser's own wish to save data says. */
import { readText, writeText } from './storage';

const PICTURES = 'antiphon.pictures';

export function picturesComeByHand(): boolean {
  const chosen = readText(PICTURES);
  return chosen === null ? savesData() : chosen === 'by-hand';
}

export function setPicturesByHand(on: boolean): void {
  writeText(PICTURES, on ? 'by-hand' : 'always');
}

function savesData(): boolean {
  const connection: unknown = 'connection' in navigator ? navigator.connection : null;
  return typeof connection === 'object' && connection !== null && 'saveData' in connection && connection.saveData === true;
}
