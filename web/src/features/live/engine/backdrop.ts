/**
 * Tells a person from what is behind them and puts something else there, picture by picture, on the device. A chunk of its own,
 * with 3 MB of program and model that are fetched when somebody first asks for it.
 */
import { BackgroundProcessor, setLogLevel, type BackgroundProcessorWrapper } from '@livekit/track-processors';
import { ownPicture, pictures, type Background } from './background';
import { slowness } from './slowness';

declare const __VISION_URL__: string;

// What it writes to the console is said in words here.
setLogLevel('silent');

/** How far a blur reaches, in pixels of a quarter of the picture. */
const BLUR_PX = { light: 4, strong: 14 };

export type Backdrop = { processor: BackgroundProcessorWrapper; show: (background: Background) => Promise<void> };

/** `onSlow` when this device does not keep up; told once, until something else is shown. */
export async function openBackdrop(background: Background, onSlow: () => void): Promise<Backdrop> {
  let pace = slowness(onSlow);
  const processor = BackgroundProcessor({
    ...(await modeOf(background)),
    assetPaths: { tasksVisionFileSet: __VISION_URL__, modelAssetPath: `${__VISION_URL__}/selfie-1.tflite` },
    onFrameProcessed: ({ filterTimeMs }) => pace(performance.now(), filterTimeMs, document.visibilityState === 'visible'),
  });
  // Else the first picture would be sent as the camera gives it, with the room behind it.
  processor.transformer.isFirstFrame = false;
  const show = async (another: Background) => {
    pace = slowness(onSlow);
    await processor.switchTo(await modeOf(another));
  };
  return { processor, show };
}

type Mode = { mode: 'background-blur'; blurRadius: number } | { mode: 'virtual-background'; imagePath: string };

/** A picture of one's own that is gone from the device becomes a blur: what was to be hidden stays hidden. */
async function modeOf(background: Background): Promise<Mode> {
  if (background === 'light') return { mode: 'background-blur', blurRadius: BLUR_PX.light };
  const own = background === 'own' ? await ownPicture().catch(() => null) : null;
  if (own) return { mode: 'virtual-background', imagePath: URL.createObjectURL(own) };
  if (background === 'wall' || background === 'hills' || background === 'night') return { mode: 'virtual-background', imagePath: await drawn(pictures[background]) };
  return { mode: 'background-blur', blurRadius: BLUR_PX.strong };
}

/** Not every browser makes a texture of a drawing, so it becomes pixels first. */
async function drawn(address: string): Promise<string> {
  const image = Object.assign(new Image(), { src: address });
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return URL.createObjectURL(await canvas.convertToBlob());
}
