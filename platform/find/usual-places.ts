import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { falConfigPath } from '../places/falcli-paths.ts';
import { toolPaths } from '../places/tool-files.ts';
import { homeFolder } from '../places/user-path.ts';
import { startUpPaths } from '../shells/start-up-files.ts';

/** What shells and prompts remember of what was typed, with the page that says so. */
const histories = [
  // HISTFILE in bash(1); zsh has no default, distributions set these
  ...['.bash_history', '.zsh_history', '.zhistory', '.histfile', '.sh_history', '.ksh_history', '.history'],
  // fish: history(1); nushell: book/line_editor; PowerShell: about_PSReadLine; Elvish: command reference
  ...['.local/share/fish/fish_history', '.config/nushell/history.txt', '.config/nushell/history.sqlite3'],
  '.local/share/powershell/PSReadLine/ConsoleHost_history.txt',
  'AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/ConsoleHost_history.txt',
  ...[
    '.local/state/elvish/db.bolt',
    '.python_history',
    '.node_repl_history',
    '.ipython',
    '.local/share/atuin',
  ],
];

/** What agents keep of conversations and of their settings. */
const agents = [
  ...['.claude', '.claude.json', '.codex', '.gemini', '.cursor', '.codeium', '.continue', '.aider', '.qwen'],
  ...['.config/opencode', '.local/share/opencode', '.config/goose', '.local/share/goose', '.config/amp'],
  ...['.config/Claude', 'Library/Application Support/Claude', 'AppData/Roaming/Claude'],
  ...editors('Code'),
  ...editors('Cursor'),
  ...editors('Windsurf'),
];

/** An editor's settings, and what its extensions store. */
function editors(name: string): string[] {
  const folders = ['.config', 'Library/Application Support', 'AppData/Roaming'];
  return folders.map((folder) => `${folder}/${name}/User`);
}

/** Other files that programs read keys from. */
const others = [
  ...['.fal', '.genmedia', '.env', '.envrc', '.netrc', '.npmrc', '.pypirc', '.gitconfig', '.git-credentials'],
  ...[
    '.config/git',
    '.config/gh',
    '.config/environment.d',
    '.docker/config.json',
    '.config/direnv',
    '.jupyter',
  ],
  ...['.cache/huggingface/token', '.config/pip', '.local/share/jupyter', '.kube/config'],
];

/** The places in a home folder where programs leave keys; those that are there. */
export function usualPlaces(env: NodeJS.ProcessEnv): string[] {
  const home = homeFolder(env);
  const fal = falConfigPath(env);
  const places = [
    ...[...histories, ...agents, ...others].map((place) => join(home, place)),
    ...(env.HISTFILE ? [env.HISTFILE] : []),
    ...startUpPaths(env),
    ...toolPaths(env, home),
    ...(fal === null ? [] : [dirname(fal)]),
  ];
  return [...new Set(places)].filter((place) => existsSync(place));
}
