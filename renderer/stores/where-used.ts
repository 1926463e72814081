import { useMemo } from 'react';
import type { ExportedFile } from '../../core/exports/formats/exported-file.ts';
import type { PinnedFolder } from '../../core/model/pinned-folder.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';

/** The files that were given a key. */
export const useExportedFiles = createSnapshot<ExportedFile[]>(() => call('exports.list', null));

/** The folders that were pinned from here. */
export const usePinnedFolders = createSnapshot<PinnedFolder[]>(() => call('pins.list', null));

/** Files and folders change without a word to us: looked at again when somebody looks at the window. */
export function lookAgain(): void {
  void useExportedFiles.getState().reload();
  void usePinnedFolders.getState().reload();
}

/** Where a profile is in use on this machine. */
export interface Places {
  files: ExportedFile[];
  folders: PinnedFolder[];
}

/** By profile, in one pass: thousands of rows each look theirs up. */
export function placesByProfile(files: ExportedFile[], folders: PinnedFolder[]): Map<string, Places> {
  const byProfile = new Map<string, Places>();
  const of = (profile: string): Places => {
    const known = byProfile.get(profile);
    if (known) return known;
    const fresh: Places = { files: [], folders: [] };
    byProfile.set(profile, fresh);
    return fresh;
  };
  for (const file of files) of(file.profile).files.push(file);
  for (const folder of folders) of(folder.profile).folders.push(folder);
  return byProfile;
}

/** The files that stop working with the key: those that hold it still. */
export const filesHolding = (files: ExportedFile[], keyId: string): ExportedFile[] =>
  files.filter((file) => file.keyId === keyId && file.state !== 'gone');

const noFiles: ExportedFile[] = [];
const noFolders: PinnedFolder[] = [];

/** The files as far as they are known. */
export const useFileRows = (): ExportedFile[] =>
  useExportedFiles(({ resource }) => (resource.state === 'ready' ? resource.value : noFiles));

/** The folders as far as they are known. */
export const useFolderRows = (): PinnedFolder[] =>
  usePinnedFolders(({ resource }) => (resource.state === 'ready' ? resource.value : noFolders));

export function usePlacesByProfile(): Map<string, Places> {
  const files = useFileRows();
  const folders = useFolderRows();
  return useMemo(() => placesByProfile(files, folders), [files, folders]);
}
