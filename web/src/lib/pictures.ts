/** Whether pictures come by themselves, or only when the reader asks for one. Belongs to this browser; by itself only where
 *  data is saved. */
import { savesData } from './dataUse';
import { readText, writeText } from './storage';

const PICTURES = 'antiphon.pictures';

export function picturesComeByHand(): boolean {
  const chosen = readText(PICTURES);
  return chosen === null ? savesData() : chosen === 'by-hand';
}

export function setPicturesByHand(on: boolean): void {
  writeText(PICTURES, on ? 'by-hand' : 'always');
}
