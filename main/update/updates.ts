import type { AppUpdater, UpdateInfo } from 'electron-updater';
import type { FaceUpdates } from '../../bridge/face.ts';
import { VarvelError } from '../../core/model/error.ts';
import type { UpdateObstacle, UpdateState, Updates } from '../../core/model/machine/updates.ts';
import type { Preferences } from '../app/preferences.ts';

export interface UpdatesOptions {
  obstacle: UpdateObstacle | null;
  preferences: Preferences;
  onChange(updates: Updates): void;
  onReady(version: string): void;
  /** electron-updater; loaded at the first look, as a start has no time for it. */
  load?: () => Promise<AppUpdater>;
}

/** How long after the start it looks by itself, and how long after that again, in milliseconds. */
const firstCheckMs = 30_000;
const nextCheckMs = 24 * 60 * 60_000;

const loadUpdater = async (): Promise<AppUpdater> => (await import('electron-updater')).autoUpdater;

/**
 * Looks for newer releases and downloads them; a person installs them. What is downloaded is checked by electron-updater:
 * by its checksum, and by its signature where it has one.
 */
export function createUpdates(options: UpdatesOptions): FaceUpdates & { start(): void; close(): void } {
  const { obstacle, preferences, onChange, onReady, load = loadUpdater } = options;
  let now: UpdateState = obstacle ? { state: 'off', why: obstacle } : { state: 'current', checkedAt: null };
  let updater: AppUpdater | null = null;
  let checking: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const read = (): Updates => ({ ...preferences.updates(), now });
  const show = (next: UpdateState): void => {
    now = next;
    onChange(read());
  };

  async function open(): Promise<AppUpdater> {
    if (updater) return updater;
    updater = await load();
    updater.logger = null;
    updater.autoDownload = false;
    // a person decides when it is replaced
    updater.autoInstallOnAppQuit = false;
    updater.on('download-progress', ({ percent }) => {
      if (now.state === 'downloading') show({ ...now, percent: Math.round(percent) });
    });
    // every failure also rejects the call that it belongs to
    updater.on('error', () => undefined);
    return updater;
  }

  async function look(): Promise<void> {
    show({ state: 'checking' });
    try {
      const use = await open();
      const { channel } = preferences.updates();
      use.channel = channel;
      use.allowPrerelease = channel === 'beta';
      // setting a channel allows older releases, too
      use.allowDowngrade = false;
      const found = await use.checkForUpdates();
      if (!found?.isUpdateAvailable) return show({ state: 'current', checkedAt: Date.now() });
      const { version } = found.updateInfo;
      show({ state: 'downloading', version, percent: 0 });
      await use.downloadUpdate();
      show({ state: 'ready', version, notes: notesOf(found.updateInfo) });
      onReady(version);
    } catch (error) {
      show({ state: 'failed', message: firstLine(error) });
    }
  }

  async function check(): Promise<void> {
    if (now.state === 'off' || now.state === 'ready') return;
    checking ??= look().finally(() => {
      checking = null;
    });
    await checking;
  }

  function schedule(ms: number): void {
    clearTimeout(timer);
    if (obstacle !== null || !preferences.updates().automatic) return;
    timer = setTimeout(() => void check().finally(() => schedule(nextCheckMs)), ms);
  }

  return {
    read,
    check,
    install() {
      if (now.state !== 'ready' || !updater)
        throw new VarvelError('not_found', 'No update has been downloaded.', { action: 'none' });
      updater.quitAndInstall();
    },
    change(choice) {
      preferences.saveUpdates({ ...preferences.updates(), ...choice });
      // what was found was of the other channel
      if (choice.channel && now.state !== 'off') now = { state: 'current', checkedAt: null };
      schedule(firstCheckMs);
      onChange(read());
    },
    start: () => schedule(firstCheckMs),
    close: () => clearTimeout(timer),
  };
}

/** What electron-updater says of a failure; headers and a stack are behind its first line. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

function notesOf({ releaseNotes }: UpdateInfo): string | null {
  if (typeof releaseNotes === 'string') return releaseNotes;
  const notes = releaseNotes?.flatMap(({ note }) => (note ? [note] : [])) ?? [];
  return notes.length > 0 ? notes.join('\n\n') : null;
}
