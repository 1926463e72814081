import { EventEmitter } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, CommandLine, LoginItemSettings } from 'electron';
import { preventable } from './event.ts';
import { createSingleInstance } from './single-instance.ts';
import { note, world } from './world.ts';

type PathName = Parameters<App['getPath']>[0];

/** The program's life, as Electron leads it. */
class StandInApp
  extends EventEmitter
  implements
    Pick<
      App,
      | 'getName'
      | 'setName'
      | 'getVersion'
      | 'getAppPath'
      | 'getPath'
      | 'setPath'
      | 'isPackaged'
      | 'isReady'
      | 'whenReady'
      | 'quit'
      | 'exit'
      | 'enableSandbox'
      | 'requestSingleInstanceLock'
      | 'setAppUserModelId'
      | 'setAboutPanelOptions'
      | 'setLoginItemSettings'
    >
{
  /** Where the program's package.json is. */
  folder = process.cwd();
  isPackaged = process.env.STAND_IN_PACKAGED === '1';
  sandboxed = false;
  readonly commandLine: Pick<CommandLine, 'hasSwitch'> = {
    hasSwitch: (name) => process.argv.some((argument) => argument === `--${name}`),
  };
  /** What the stand-in does when the program ends. */
  readonly lastActs: (() => void)[] = [];
  #name = '';
  #ready = false;
  #quitting = false;
  #whenReady = Promise.withResolvers<void>();
  #paths = new Map<string, string>();
  #instance = createSingleInstance((argv, folder) => this.emit('second-instance', {}, argv, folder, null));
  #login: Pick<LoginItemSettings, 'openAtLogin'> = { openAtLogin: false };

  getName = (): string => this.#name || this.#manifest('name');
  setName(name: string): void {
    this.#name = name;
  }
  getVersion = (): string => this.#manifest('version');
  getAppPath = (): string => this.folder;

  #manifest(field: string): string {
    const manifest: unknown = JSON.parse(readFileSync(join(this.folder, 'package.json'), 'utf8'));
    return String(Object(manifest)[field]);
  }

  getPath(name: PathName): string {
    const set = this.#paths.get(name);
    if (set) return set;
    const config = process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
    const known: Partial<Record<PathName, string>> = {
      home: homedir(),
      appData: config,
      userData: join(config, this.getName()),
      sessionData: join(config, this.getName()),
      temp: tmpdir(),
      exe: process.execPath,
    };
    const path = known[name];
    if (!path) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`Failed to set path ${path}`);
    this.#paths.set(name, path);
  }

  isReady = (): boolean => this.#ready;
  whenReady = (): Promise<void> => this.#whenReady.promise;

  becomeReady(session: unknown): void {
    if (this.#quitting) return;
    this.#ready = true;
    this.emit('session-created', session);
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
    this.#whenReady.resolve();
  }

  quit(): void {
    const before = preventable({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    for (const window of [...world.windows]) window.close();
    if (world.windows.size > 0) {
      this.#quitting = false;
      return;
    }
    const will = preventable({});
    this.emit('will-quit', will);
    if (!will.defaultPrevented) this.exit(0);
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    this.#instance.release();
    for (const last of this.lastActs) last();
    const end = () => process.exit(code);
    if (world.browser) void world.browser.close().finally(end);
    else setImmediate(end);
  }

  hearNoWindow(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }

  requestSingleInstanceLock = (): boolean => this.#instance.request(this.getPath('userData'));

  setAppUserModelId = (id: string): void => note('app.setAppUserModelId', id);
  setAboutPanelOptions = (options: object): void => note('app.setAboutPanelOptions', options);

  setLoginItemSettings(settings: { openAtLogin?: boolean }): void {
    note('app.setLoginItemSettings', settings);
    this.#login = { openAtLogin: settings.openAtLogin ?? false };
  }

  getLoginItemSettings = () => ({
    ...this.#login,
    wasOpenedAtLogin: false,
    executableWillLaunchAtLogin: this.#login.openAtLogin,
    launchItems: [],
  });
}

export const app = new StandInApp();
