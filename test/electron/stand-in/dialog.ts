import type { Dialog, MessageBoxReturnValue, OpenDialogReturnValue, SaveDialogReturnValue } from 'electron';
import { note, world } from './world.ts';

type Options = { title?: string; properties?: string[] };

/** The options stand after the window that the dialog belongs to, or alone. */
const optionsOf = ([first, second]: unknown[]): Options => Object(second ?? first);

async function chosen(name: string, args: unknown[]): Promise<string | null> {
  note(name, { over: args.length > 1 ? 'the window' : 'nothing', ...optionsOf(args) });
  return world.chosenPath;
}

/** Dialogs answer at once, with the path that a test has chosen before; null closes them. */
export const dialog = {
  showErrorBox(title: string, content: string): void {
    world.done.errorBoxes.push({ title, content });
    process.stderr.write(`[dialog] ${title}: ${content}\n`);
  },
  async showSaveDialog(...args: unknown[]): Promise<SaveDialogReturnValue> {
    const path = await chosen('dialog.showSaveDialog', args);
    return { canceled: path === null, filePath: path ?? '' };
  },
  async showOpenDialog(...args: unknown[]): Promise<OpenDialogReturnValue> {
    const path = await chosen('dialog.showOpenDialog', args);
    return { canceled: path === null, filePaths: path === null ? [] : [path] };
  },
  /** The person takes the first button. */
  async showMessageBox(...args: unknown[]): Promise<MessageBoxReturnValue> {
    note('dialog.showMessageBox', Object(args.at(-1)));
    return { response: 0, checkboxChecked: false };
  },
} satisfies Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showSaveDialog' | 'showOpenDialog'>;
