import { EventEmitter } from 'node:events';
import type { NativeTheme } from 'electron';
import { world } from './world.ts';

class StandInTheme
  extends EventEmitter
  implements
    Pick<NativeTheme, 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI' | 'themeSource'>
{
  #system: 'light' | 'dark' = 'light';
  #source: 'system' | 'light' | 'dark' = 'system';

  get shouldUseDarkColors(): boolean {
    return (this.#source === 'system' ? this.#system : this.#source) === 'dark';
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#system === 'dark';
  }

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source;
  }

  set themeSource(source: 'system' | 'light' | 'dark') {
    this.#source = source;
    this.#tell();
  }

  /** The person changes the system's setting. */
  setSystem(theme: 'light' | 'dark'): void {
    this.#system = theme;
    this.#tell();
  }

  #tell(): void {
    this.emit('updated');
    for (const window of world.windows) void window.paintAs(this.shouldUseDarkColors ? 'dark' : 'light');
  }
}

export const nativeTheme = new StandInTheme();
