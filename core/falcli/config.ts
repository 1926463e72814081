import { VarvelError } from '../model/error.ts';
import type { Files } from '../ports.ts';
import { isTable, parseToml } from './toml-value.ts';

/** One profile of the fal CLI. `key` is the whole key, with its secret. */
export interface FalProfile {
  name: string;
  key: string | null;
  host: string | null;
}

/** fal's config.toml, as the fal CLI understands it. */
export interface FalConfig {
  profiles: FalProfile[];
  /** `__internal__.profile` and `.team` */
  profile: string | null;
  team: string | null;
}

/** The table with the fal CLI's own settings. */
export const internalTable = '__internal__';

/** Whether two nicknames name one account; fal ignores their case. Null and nothing are no account. */
export const isSameAccount = (team: string | null, nickname: string | null): boolean =>
  (team ?? '').toLowerCase() === (nickname ?? '').toLowerCase();

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** @throws VarvelError `invalid` for a file that is not TOML */
export function readConfig(content: string, path: string): FalConfig {
  const document = parseToml(content, path);
  const internal = document[internalTable];
  return {
    profiles: Object.entries(document).flatMap(([name, value]) =>
      name !== internalTable && isTable(value)
        ? [{ name, key: text(value.key), host: text(value.host) }]
        : [],
    ),
    profile: isTable(internal) ? text(internal.profile) : null,
    team: isTable(internal) ? text(internal.team) : null,
  };
}

/** fal's config.toml on the disk. */
export interface ConfigFile {
  /** The path with symbolic links resolved. */
  target: string;
  /** Null when there is no file. */
  content: string | null;
  mode: number | null;
}

/** @throws VarvelError `invalid`, `storage_*` */
export async function loadConfig(files: Files, path: string): Promise<ConfigFile> {
  try {
    const { path: target, bytes, mode } = await files.read(path);
    return { target, content: bytes && decodeText(bytes, path), mode };
  } catch (error) {
    // without the folder there is no file
    if (error instanceof VarvelError && error.code === 'not_found') {
      return { target: path, content: null, mode: null };
    }
    throw error;
  }
}

/** @throws VarvelError `invalid` when it is not UTF-8, which TOML must be */
export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new VarvelError(
      'invalid',
      `${path} is not UTF-8 text. The file was not changed.`,
      'Save it as UTF-8. The fal CLI can’t read it either.',
      { cause },
    );
  }
}
