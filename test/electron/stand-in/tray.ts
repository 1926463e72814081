import { EventEmitter } from 'node:events';
import type { Tray } from 'electron';
import type { StandInMenu } from './menu.ts';
import type { StandInImage } from './native-image.ts';

/** An icon in the tray. As on Linux, it shows the menu as it was when it was set. */
export class StandInTray
  extends EventEmitter
  implements Pick<Tray, 'setToolTip' | 'destroy' | 'isDestroyed'>
{
  static shown: StandInTray | null = null;
  image: StandInImage;
  toolTip = '';
  menu: StandInMenu | null = null;
  menusSet = 0;
  #destroyed = false;

  constructor(image: StandInImage) {
    super();
    this.image = checked(image);
    StandInTray.shown = this;
  }

  setImage(image: StandInImage): void {
    this.image = checked(image);
  }

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setContextMenu(menu: StandInMenu | null): void {
    this.menu = menu;
    this.menusSet++;
  }

  isDestroyed = (): boolean => this.#destroyed;

  destroy(): void {
    this.#destroyed = true;
    if (StandInTray.shown === this) StandInTray.shown = null;
  }
}

/** Electron shows nothing for an image that isn't there, and says nothing; a test wants to hear of it. */
function checked(image: StandInImage): StandInImage {
  if (image.isEmpty()) throw new Error(`The tray's image is empty: ${image.path ?? 'no path'}`);
  return image;
}
