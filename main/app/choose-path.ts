import { BrowserWindow, dialog } from 'electron';
import type { Face } from '../../host/face.ts';

/** Asks for a path with the system's own dialog, over the window where there is one. */
export function createChoosePath(): NonNullable<Face['choosePath']> {
  return async (kind) => {
    const parent = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    if (kind !== 'file_to_write') {
      const options: Electron.OpenDialogOptions = {
        properties:
          kind === 'folder' ? ['openDirectory', 'createDirectory'] : ['openFile', 'showHiddenFiles'],
      };
      const { canceled, filePaths } = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options));
      return canceled ? null : (filePaths[0] ?? null);
    }
    // a file that is there is merged into: asking whether to replace it would frighten for nothing
    const options: Electron.SaveDialogOptions = { properties: ['showHiddenFiles', 'createDirectory'] };
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options));
    return canceled || filePath === '' ? null : filePath;
  };
}
