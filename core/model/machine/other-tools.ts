/** Where a tool keeps its settings: in the home folder, in the one for settings, or in the folder it works in. */
export type ToolPlace = `~/${string}` | `$CONFIG/${string}` | `$FOLDER/${string}`;

/** A tool that isn't fal's, and can hold a fal key in a file of its own. */
export interface OtherTool {
  label: string;
  /** Its documentation of these files. */
  docs: string;
  format: 'json' | 'toml';
  /** Files by system, as Node names it; `any` is for all. */
  files: Partial<Record<'any' | 'darwin' | 'win32' | 'linux', readonly ToolPlace[]>>;
}

/** Documented files only. They are read, and never written. `$CONFIG` is where the system keeps programs' settings. */
export const otherTools = {
  genmedia: {
    label: 'genmedia',
    docs: 'https://github.com/fal-ai-community/genmedia-cli',
    format: 'json',
    files: { any: ['~/.genmedia/config.json'] },
  },
  claudeCode: {
    label: 'Claude Code',
    docs: 'https://code.claude.com/docs/en/mcp',
    format: 'json',
    files: { any: ['~/.claude.json', '$FOLDER/.mcp.json'] },
  },
  claudeDesktop: {
    label: 'Claude Desktop',
    docs: 'https://modelcontextprotocol.io/docs/develop/connect-local-servers',
    format: 'json',
    files: {
      darwin: ['$CONFIG/Claude/claude_desktop_config.json'],
      win32: ['$CONFIG/Claude/claude_desktop_config.json'],
    },
  },
  cursor: {
    label: 'Cursor',
    docs: 'https://cursor.com/docs/context/mcp',
    format: 'json',
    files: { any: ['~/.cursor/mcp.json', '$FOLDER/.cursor/mcp.json'] },
  },
  windsurf: {
    label: 'Windsurf',
    docs: 'https://docs.windsurf.com/windsurf/cascade/mcp',
    format: 'json',
    files: { any: ['~/.codeium/windsurf/mcp_config.json'] },
  },
  vsCode: {
    label: 'VS Code',
    docs: 'https://code.visualstudio.com/docs/copilot/reference/mcp-configuration',
    format: 'json',
    files: { any: ['$CONFIG/Code/User/mcp.json', '$FOLDER/.vscode/mcp.json'] },
  },
  codex: {
    label: 'Codex',
    docs: 'https://developers.openai.com/codex/mcp',
    format: 'toml',
    files: { any: ['~/.codex/config.toml', '$FOLDER/.codex/config.toml'] },
  },
} as const satisfies Record<string, OtherTool>;

export type ToolName = keyof typeof otherTools;

/** A fal key that another tool keeps by itself: it follows no switch. */
export interface ToolKey {
  /** The tool's display name. */
  tool: string;
  path: string;
  /** The MCP server that gets the key; null for the tool itself. */
  server: string | null;
  /** Null for a key that only the tool can read. */
  keyId: string | null;
}
