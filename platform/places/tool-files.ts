import { join } from 'node:path';
import {
  type OtherTool,
  otherTools,
  type ToolName,
  type ToolPlace,
} from '../../core/model/machine/other-tools.ts';
import type { ToolFile, ToolFiles } from '../../core/ports.ts';
import { smallText } from '../files/small-text.ts';
import { homeFolder } from './user-path.ts';

/** The largest file to read, in bytes: Claude Code keeps its history in the same file. */
const limit = 8 * 1024 * 1024;

const names = Object.keys(otherTools).filter((name): name is ToolName => Object.hasOwn(otherTools, name));

/** Reads the files of other tools that are there. Never writes one. */
export const createToolFiles = (env: NodeJS.ProcessEnv, platform = process.platform): ToolFiles => ({
  async read(folder) {
    const found: ToolFile[] = [];
    for (const tool of names) {
      for (const path of pathsOf(tool, env, folder, platform)) {
        const text = smallText(path, limit);
        if (text !== null) found.push({ tool, path, text });
      }
    }
    return found;
  },
});

/** The files of other tools, for programs in a folder, whether or not they are there. */
export const toolPaths = (env: NodeJS.ProcessEnv, folder: string, platform = process.platform): string[] =>
  names.flatMap((tool) => pathsOf(tool, env, folder, platform));

function pathsOf(
  tool: ToolName,
  env: NodeJS.ProcessEnv,
  folder: string,
  platform: NodeJS.Platform,
): string[] {
  const home = homeFolder(env);
  const folders: Record<string, string> = {
    '~': home,
    $CONFIG: configFolder(env, home, platform),
    $FOLDER: folder,
  };
  const pathOf = (place: ToolPlace): string => {
    const [start = '', ...rest] = place.split('/');
    return join(folders[start] ?? home, ...rest);
  };
  const { files }: OtherTool = otherTools[tool];
  const own = platform === 'darwin' || platform === 'win32' ? platform : 'linux';
  return [...new Set([...(files.any ?? []), ...(files[own] ?? [])].map(pathOf))];
}

/** Where a system keeps programs' settings. */
function configFolder(env: NodeJS.ProcessEnv, home: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env.APPDATA || join(home, 'AppData', 'Roaming');
  return env.XDG_CONFIG_HOME || join(home, '.config');
}
