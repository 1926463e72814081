import { VarvelError } from '../model/error.ts';
import type { Files } from '../ports.ts';
import { isTable, parseToml } from './toml-value.ts';

/** One profile of fal's CLI. `key` is the whole key, with its secret. */
export interface FalProfile {
  name: string;
  key: string | null;
  host: string | null;
}

/** fal's config.toml as fal's CLI understands it. */
export interface FalConfig {
  profiles: FalProfile[];
  /** `__internal__.profile` and `.team` */
  profile: string | null;
  team: string | null;
}

/** The table in which fal's CLI keeps its own settings. */
export const internalTable = '__internal__';

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** @throws VarvelError `invalid` for a file that is no TOML */
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
  /** Where the path leads. */
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
    // no folder, no file
    if (error instanceof VarvelError && error.code === 'not_found') {
      return { target: path, content: null, mode: null };
    }
    throw error;
  }
}

/** @throws VarvelError `invalid` for what is not UTF-8, which TOML has to be */
export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new VarvelError(
      'invalid',
      `${path} is not UTF-8 text. It was left as it is.`,
      'TOML is UTF-8: save it so. fal’s own CLI can’t read the file either.',
      { cause },
    );
  }
}
