import { writeFileSync } from 'node:fs';
import type { Clipboard, ClipboardItem } from 'electron';

import { app } from './app.ts';

type Data = ConstructorParameters<typeof ClipboardItem>[0];

const isType = (type: string): boolean =>
  /^[a-z]+\/[a-z0-9.+-]+$/.test(type) ||
  /^electron application\/(osclipboard;format="[^"]+"|bookmark)$/.test(type);

export class StandInClipboardItem implements Pick<ClipboardItem, 'types'> {
  readonly types: string[];
  readonly data: Data;

  constructor(data: Data) {
    for (const type of Object.keys(data))
      if (!isType(type)) throw new TypeError(`Type ${type} not supported`);
    this.data = data;
    this.types = Object.keys(data);
  }
}

/** The clipboard, in memory: nobody else's is touched. */
class StandInClipboard implements Pick<Clipboard, 'clear' | 'has' | 'readText' | 'writeText'> {
  #held = new Map<string, string>();

  clear(): void {
    this.#held.clear();
  }

  has = async (type: string): Promise<boolean> => this.#held.has(type);
  readText = async (): Promise<string> => this.#held.get('text/plain') ?? '';

  async writeText(text: string): Promise<void> {
    this.#held = new Map([['text/plain', text]]);
  }

  async write(items: StandInClipboardItem[]): Promise<void> {
    const held = new Map<string, string>();
    for (const { data } of items) {
      for (const [type, value] of Object.entries(data)) {
        const given = await value;
        held.set(type, given instanceof Blob ? await given.text() : String(given));
      }
    }
    this.#held = held;
  }

  now = (): string => this.#held.get('text/plain') ?? '';
  types = (): string[] => [...this.#held.keys()];
}

export const clipboard = new StandInClipboard();

// the system's clipboard outlives a program: what it held then is left where a test can read it
const { STAND_IN_CLIPBOARD } = process.env;
if (STAND_IN_CLIPBOARD) app.lastActs.push(() => writeFileSync(STAND_IN_CLIPBOARD, clipboard.now()));
