import type { Ports } from '../ports.ts';
import { foundKey } from '../which/facts.ts';
import { decodeText, loadConfig, readConfig } from './config.ts';
import { editToml } from './edit-toml.ts';
import { tomlText } from './toml-value.ts';
import { createUndoStore } from './undo-store.ts';

type Needs = Pick<Ports, 'state' | 'secrets' | 'files' | 'locks' | 'falConfigPath'>;

/** The fal CLI's profiles that hold a key. @throws VarvelError `invalid` for a malformed file that holds it, `storage_*` */
export async function falcliHolding(
  { files, falConfigPath }: Pick<Ports, 'files' | 'falConfigPath'>,
  keyId: string,
): Promise<string[]> {
  if (!falConfigPath) return [];
  const { content } = await loadConfig(files, falConfigPath);
  return content === null ? [] : namesWithKey(content, keyId, falConfigPath);
}

/**
 * Puts a key in place of another one: in the fal CLI's file, and in what undoes Varvel's changes of it.
 * @param from its text is null when its secret is gone
 * @returns the profiles that held it
 * @throws VarvelError `invalid` for a malformed file that holds the key, `storage_*`, `vault_*`
 */
export async function replaceFalcliKey(
  ports: Needs,
  from: { id: string; text: string | null },
  to: string,
): Promise<string[]> {
  const { files, falConfigPath: path, locks } = ports;
  if (!path) return [];
  const undoStore = createUndoStore(ports);
  return locks.exclusive('falcli', async () => {
    let names = await falcliHolding(ports, from.id);
    if (names.length > 0) {
      await files.patch(
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
    }
    if (from.text !== null && undoStore.any()) await undoStore.replaceKey(from.text, to);
    return names;
  });
}

function namesWithKey(content: string, keyId: string, path: string): string[] {
  // a file that is malformed elsewhere is nobody's concern here
  if (!content.includes(keyId)) return [];
  return readConfig(content, path).profiles.flatMap(({ name, key }) => {
    const found = foundKey(key);
    return found.kind === 'key' && found.id === keyId ? [name] : [];
  });
}
