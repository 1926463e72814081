import { refuseRenewal } from '../exports/file/tracked.ts';
import type { Ports } from '../ports.ts';
import { foundKey } from '../which/facts.ts';
import { decodeText, loadConfig, readConfig } from './config.ts';
import { editToml } from './edit-toml.ts';
import { createKnownFiles } from './known-files.ts';
import { tomlText } from './toml-value.ts';
import { createUndoStore } from './undo-store.ts';

type Needs = Pick<Ports, 'state' | 'secrets' | 'files' | 'locks' | 'git'>;

/**
 * The fal CLI's files that can hold a key: the one in force here, and those that Varvel has written or used where
 * FAL_CONFIG_PATH said something else. Which ones Varvel has used so is said with each.
 * @throws VarvelError `vault_*`
 */
export async function falcliFiles(
  ports: Pick<Ports, 'state' | 'secrets' | 'files' | 'falConfigPath'>,
): Promise<{ path: string; isUsed: boolean }[]> {
  const used = new Set([...(await createUndoStore(ports).paths()), ...createKnownFiles(ports).all()]);
  const paths = new Set([...(ports.falConfigPath ? [ports.falConfigPath] : []), ...used]);
  return [...paths].map((path) => ({ path, isUsed: used.has(path) }));
}

/** The profiles in a file of the fal CLI that hold a key. @throws VarvelError `invalid` for a malformed file that holds it, `storage_*` */
export async function falcliHolding(
  { files }: Pick<Ports, 'files'>,
  path: string,
  keyId: string,
): Promise<string[]> {
  const { content } = await loadConfig(files, path);
  return content === null ? [] : namesWithKey(content, keyId, path);
}

/**
 * Puts a key in place of another one in a file of the fal CLI.
 * @returns the profiles that held it
 * @throws VarvelError `invalid` for a malformed file that holds the key, `conflict` for one that git tracks, `storage_*`
 */
export async function replaceFalcliKey(
  ports: Needs,
  path: string,
  from: { id: string },
  to: string,
): Promise<string[]> {
  return ports.locks.exclusive('falcli', async () => {
    let names = await falcliHolding(ports, path, from.id);
    if (names.length === 0) return names;
    const { target } = await loadConfig(ports.files, path);
    await refuseRenewal(ports, target);
    await ports.files.patch(
      path,
      (before) => {
        const text = before && decodeText(before, path);
        names = text === null ? [] : namesWithKey(text, from.id, path);
        if (text === null || names.length === 0) return null;
        const changes = names.map((table) => ({ table, key: 'key', raw: tomlText(to) }));
        return new TextEncoder().encode(editToml(text, changes, [], path).text);
      },
      { mode: 'keep' },
    );
    return names;
  });
}

/**
 * Puts a key in place of another one in what undoes Varvel's changes of the fal CLI's files.
 * @param from null when its secret is gone
 * @throws VarvelError `vault_*`
 */
export async function replaceFalcliUndo(ports: Needs, from: string | null, to: string): Promise<void> {
  const undoStore = createUndoStore(ports);
  if (from === null || !undoStore.any()) return;
  await ports.locks.exclusive('falcli', () => undoStore.replaceKey(from, to));
}

function namesWithKey(content: string, keyId: string, path: string): string[] {
  // a file that is malformed elsewhere is nobody's concern here
  if (!content.includes(keyId)) return [];
  return readConfig(content, path).profiles.flatMap(({ name, key }) => {
    const found = foundKey(key);
    return found.kind === 'key' && found.id === keyId ? [name] : [];
  });
}
