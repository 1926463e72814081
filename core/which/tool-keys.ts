import { parse as parseToml } from 'smol-toml';
import { isTable } from '../falcli/toml-value.ts';
import { otherTools, type ToolKey } from '../model/machine/other-tools.ts';
import type { ToolFile } from '../ports.ts';
import { foundKey } from './facts.ts';

/**
 * The fal keys that other tools keep in files of their own, in plain text. What refers to a variable or a prompt isn't one.
 * Source for the files and members: `docs` in core/model/machine/other-tools.ts, and https://fal.ai/docs/documentation/setting-up/mcp
 */
export const toolKeys = (files: ToolFile[]): ToolKey[] =>
  files.flatMap(({ tool, path, text }): ToolKey[] => {
    const { label, format } = otherTools[tool];
    const found = read(text, format);
    if (tool === 'genmedia') {
      // encrypted for this machine, so only genmedia can read it
      return memberOf(found, 'apiKey') ? [{ tool: label, path, server: null, keyId: null }] : [];
    }
    return serversIn(found).flatMap(([server, settings]): ToolKey[] => {
      const text = keyOf(settings);
      if (text === null || isReference.test(text)) return [];
      const key = foundKey(text);
      return key.kind === 'key' ? [{ tool: label, path, server, keyId: key.id }] : [];
    });
  });

/** `${env:FAL_KEY}`, `$FAL_KEY`, `${input:fal}`: each client has its own. */
const isReference = /^\$|\$\{/;

function read(text: string, format: 'json' | 'toml'): unknown {
  try {
    return format === 'toml' ? parseToml(text) : JSON.parse(withoutComments(text));
  } catch {
    // somebody else's file, which that tool complains about
    return null;
  }
}

/**
 * VS Code and Cursor allow comments and final commas. What isn't closed reaches to the end, so that a hostile file is read once,
 * and not again from each place where something could begin.
 */
const withoutComments = (text: string): string =>
  text
    .replace(/("(?:[^"\\]|\\[\s\S])*(?:"|\\?$))|\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*$)/g, '$1')
    .replace(/("(?:[^"\\]|\\[\s\S])*(?:"|\\?$))|,(?=\s*[}\]])/g, '$1');

const memberOf = (value: unknown, name: string): unknown =>
  isTable(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const textAt = (value: unknown, name: string): string | null => {
  const found = memberOf(value, name);
  return typeof found === 'string' ? found : null;
};

const entriesOf = (value: unknown): [string, unknown][] => (isTable(value) ? Object.entries(value) : []);

/** By the names that clients use; Claude Code also has servers for single folders. */
const serversIn = (document: unknown): [string, unknown][] => [
  ...['mcpServers', 'servers', 'mcp_servers'].flatMap((name) => entriesOf(memberOf(document, name))),
  ...entriesOf(memberOf(document, 'projects')).flatMap(([, project]) =>
    entriesOf(memberOf(project, 'mcpServers')),
  ),
];

/** What a server gets as FAL_KEY, or sends to fal's own server. */
function keyOf(server: unknown): string | null {
  const variable = textAt(memberOf(server, 'env'), 'FAL_KEY');
  if (variable !== null) return variable;
  const address = textAt(server, 'url') ?? textAt(server, 'serverUrl') ?? '';
  if (!/^https:\/\/([\w-]+\.)*fal\.ai(\/|$)/.test(address)) return null;
  const headers = [...entriesOf(memberOf(server, 'headers')), ...entriesOf(memberOf(server, 'http_headers'))];
  const [, value] = headers.find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return typeof value === 'string' ? (/^(?:Bearer|Key)\s+(\S+)$/i.exec(value)?.[1] ?? null) : null;
}
