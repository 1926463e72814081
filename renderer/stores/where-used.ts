import { useMemo } from 'react';
import type { ExportedFile } from '../../core/exports/formats/exported-file.ts';
import type { GithubSecretView } from '../../core/model/machine/github-secret.ts';
import type { ToolKey } from '../../core/model/machine/other-tools.ts';
import type { PinnedFolder } from '../../core/model/machine/pinned-folder.ts';
import { call } from '../bridge.ts';
import { createSnapshot } from './snapshots/snapshot.ts';
import { useWhich } from './which.ts';

/** The files that a key was exported to. */
export const useExportedFiles = createSnapshot<ExportedFile[]>(() => call('exports.list', null));

/** The GitHub Actions secrets that keys were exported to. */
export const useGithubSecrets = createSnapshot<GithubSecretView[]>(() => call('exports.github', null));

/** The folders pinned by Varvel. */
export const usePinnedFolders = createSnapshot<PinnedFolder[]>(() => call('pins.list', null));

/** Reads files and folders again. They change without an event. */
export function refreshPlaces(): void {
  void useWhich.getState().reload();
  void useExportedFiles.getState().reload();
  void useGithubSecrets.getState().reload();
  void usePinnedFolders.getState().reload();
}

/** Where a profile is used on this machine. */
export interface Places {
  files: ExportedFile[];
  folders: PinnedFolder[];
}

/** Indexes places by profile, for lists of thousands of rows. */
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

/** The files that still contain the key, and break with it. */
export const filesWithKey = (files: ExportedFile[], keyId: string): ExportedFile[] =>
  files.filter((file) => file.keyId === keyId && file.state !== 'gone');

const noFiles: ExportedFile[] = [];
const noFolders: PinnedFolder[] = [];

const noTools: ToolKey[] = [];

/** The keys in other tools' own files, or none while they load. */
export const useToolKeys = (keyId: string | null): ToolKey[] => {
  const all = useWhich(({ resource }) => (resource.state === 'ready' ? resource.value.otherKeys : noTools));
  return keyId === null ? noTools : all.filter((key) => key.keyId === keyId);
};

/** The files, or none while they load. */
export const useFileRows = (): ExportedFile[] =>
  useExportedFiles(({ resource }) => (resource.state === 'ready' ? resource.value : noFiles));

const noSecrets: GithubSecretView[] = [];

/** The GitHub secrets, or none while they load. */
export const useGithubRows = (): GithubSecretView[] =>
  useGithubSecrets(({ resource }) => (resource.state === 'ready' ? resource.value : noSecrets));

/** The folders, or none while they load. */
export const useFolderRows = (): PinnedFolder[] =>
  usePinnedFolders(({ resource }) => (resource.state === 'ready' ? resource.value : noFolders));

export function usePlacesByProfile(): Map<string, Places> {
  const files = useFileRows();
  const folders = useFolderRows();
  return useMemo(() => placesByProfile(files, folders), [files, folders]);
}
