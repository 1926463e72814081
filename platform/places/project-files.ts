import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import type { ProjectFiles, ProjectFolder } from '../../core/ports.ts';
import { smallText } from '../files/small-text.ts';

export const createProjectFiles = (): ProjectFiles => ({
  above(start) {
    const found: ProjectFolder[] = [];
    let folder = resolved(start);
    for (;;) {
      const path = join(folder, 'pyproject.toml');
      const isRepository = existsSync(join(folder, '.git'));
      found.push({ path, text: smallText(path), isRepository });
      if (isRepository || folder === parse(folder).root) return found;
      folder = dirname(folder);
    }
  },
});

function resolved(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
