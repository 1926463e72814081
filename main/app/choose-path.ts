import { dirname } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import type { Face } from '../../bridge/face.ts';

/** Asks for a path with the system's file dialog, attached to the window if one is open. */
export function createChoosePath(platform: NodeJS.Platform): NonNullable<Face['choosePath']> {
  // macOS and Windows remember the last folder; GTK opens Recent, where folders can't be chosen
  let last = platform === 'linux' ? app.getPath('home') : null;
  return async (kind) => {
    const parent = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    const start = last === null ? {} : { defaultPath: last };
    const path = kind === 'file_to_write' ? await save(parent, start) : await open(parent, kind, start);
    if (path !== null && last !== null) last = kind === 'folder' ? path : dirname(path);
    return path;
  };
}

type Parent = BrowserWindow | undefined;
type Start = { defaultPath?: string };

async function open(parent: Parent, kind: 'folder' | 'file_to_read', start: Start): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    ...start,
    properties: kind === 'folder' ? ['openDirectory', 'createDirectory'] : ['openFile', 'showHiddenFiles'],
  };
  const { canceled, filePaths } = await (parent
    ? dialog.showOpenDialog(parent, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}

async function save(parent: Parent, start: Start): Promise<string | null> {
  // no overwrite prompt: an export merges into an existing file
  const options: Electron.SaveDialogOptions = {
    ...start,
    properties: ['showHiddenFiles', 'createDirectory'],
  };
  const { canceled, filePath } = await (parent
    ? dialog.showSaveDialog(parent, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}
