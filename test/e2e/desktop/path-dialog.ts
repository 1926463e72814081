import { expect } from 'vitest';
import { activeWindow, type Desk, press, soon } from './desk.ts';

/** GTK's own titles of its dialog for paths. */
const titles = /^(Save File|Open File|Open Files|Open Folder|Open|Save|Select Folder)$/i;

const opened = (desk: Desk): Promise<void> => expect.poll(() => activeWindow(desk), soon).toMatch(titles);
/** A dialog takes a moment to go. */
const soonAgain = { ...soon, interval: 400 };

const gone = (desk: Desk): Promise<void> => expect.poll(() => activeWindow(desk), soon).not.toMatch(titles);

/** Types a path into the system's dialog, as a person does who knows it: a slash opens its field. */
export async function typePath(desk: Desk, path: string): Promise<void> {
  await opened(desk);
  // over the name that stands there
  await press(desk, 'ctrl+l', 'ctrl+a');
  await desk.session().run('xdotool', 'type', '--delay', '10', path);
  // what it proposes behind that
  await press(desk, 'Delete');
  // the first may only take what the list proposes
  await expect
    .poll(async () => {
      const isOpen = titles.test(await activeWindow(desk));
      if (isOpen) await press(desk, 'Return');
      return isOpen;
    }, soonAgain)
    .toBe(false);
}

export async function cancelPathDialog(desk: Desk): Promise<void> {
  await opened(desk);
  await press(desk, 'Escape');
  await gone(desk);
}
