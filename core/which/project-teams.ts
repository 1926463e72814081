import { isTable, parseToml } from '../falcli/toml-value.ts';
import { VarvelError } from '../model/error.ts';
import type { ProjectFolder } from '../ports.ts';
import type { ProjectTeams } from './facts.ts';

/**
 * The teams in `[tool.fal.apps.NAME]` of a project's pyproject.toml. The project is the nearest folder with `.git`, or with a
 * pyproject.toml that has `tool.fal`. Source: fal-ai/fal, project.py.
 */
export function projectTeams(folders: ProjectFolder[]): ProjectTeams | null {
  for (const { path, text, isRepository } of folders) {
    const fal = text === null ? undefined : falTable(text, path);
    if (fal === undefined && !isRepository) continue;
    const apps = isTable(fal) && isTable(fal.apps) ? Object.entries(fal.apps) : [];
    const teams = apps.flatMap(([app, settings]) =>
      isTable(settings) && typeof settings.team === 'string' && settings.team !== ''
        ? [{ app, team: settings.team }]
        : [],
    );
    return teams.length > 0 ? { path, teams } : null;
  }
  return null;
}

function falTable(text: string, path: string): unknown {
  try {
    const { tool } = parseToml(text, path);
    return isTable(tool) ? tool.fal : undefined;
  } catch (error) {
    // somebody's project, which other programs complain about
    if (error instanceof VarvelError) return undefined;
    throw error;
  }
}
