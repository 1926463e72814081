import { existsSync } from 'node:fs';
import type { AddRepresentationOptions, NativeImage, Size } from 'electron';

/** An image by its path or its size: its pixels are nobody's business here. */
export class StandInImage
  implements Pick<NativeImage, 'isEmpty' | 'setTemplateImage' | 'isTemplateImage' | 'getSize'>
{
  readonly path: string | null;
  readonly size: Size;
  #template = false;

  constructor(path: string | null, size: Size) {
    this.path = path;
    this.size = size;
  }

  static createFromPath = (path: string): StandInImage =>
    new StandInImage(path, existsSync(path) ? { width: 16, height: 16 } : { width: 0, height: 0 });

  static createFromBitmap(buffer: Buffer, { width, height }: Size): StandInImage {
    if (buffer.length !== width * height * 4) throw new Error('Invalid buffer size');
    return new StandInImage(null, { width, height });
  }

  static createEmpty = (): StandInImage => new StandInImage(null, { width: 0, height: 0 });

  addRepresentation({ buffer, width = 0, height = 0 }: AddRepresentationOptions): void {
    if (buffer && buffer.length !== width * height * 4) throw new Error('Invalid buffer size');
  }

  isEmpty = (): boolean => this.size.width === 0;
  getSize = (): Size => this.size;
  isTemplateImage = (): boolean => this.#template;
  setTemplateImage(option: boolean): void {
    this.#template = option;
  }
}
