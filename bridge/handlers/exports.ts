import type { Input } from '../../contract/methods.ts';
import type { ExportTarget, PlannedExports } from '../../core/exports/file/file-export.ts';
import { refuseTracked } from '../../core/exports/file/tracked.ts';
import { fileFormats } from '../../core/exports/formats/formats.ts';
import { readableText } from '../../core/patch/bytes.ts';
import { previewChange } from '../../core/preview/file-change.ts';
import { maskedLine } from '../../core/preview/mask.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

/** The variables of a profile that are not secret. */
const plain = ['FAL_HOST'];

export function exportHandlers({ session }: HandlerContext): Handlers<MethodsOf<'exports'>> {
  const file = (given: string) => session.varvel().exports.open(session.userPath(given));

  async function plan({ profile, file: given, format, variable }: Input<'exports.plan'>) {
    const opened = await file(given);
    const chosen = session.varvel().profiles.get(profile);
    return { opened, planned: await opened.plan({ profile: chosen, format, variable }) };
  }

  async function planAll({ file: given, format, profiles }: Input<'exports.planAll'>) {
    const opened = await file(given);
    const chosen = profiles.map(({ profile, variable }) => ({
      profile: session.varvel().profiles.get(profile),
      variable,
    }));
    return { opened, planned: await opened.planAll(chosen, format) };
  }

  return {
    'exports.plan': async (request) => {
      const { opened, planned } = await plan(request);
      return { ...previewOf(opened, planned), variable: planned.variable };
    },

    'exports.write': async ({ force, ...request }) => {
      const { opened, planned } = await plan(request);
      if (planned.git === 'tracked' && !force) refuseTracked(opened.path);
      const { path, written } = await planned.write();
      return { path, variable: planned.variable, written };
    },

    'exports.planAll': async (request) => {
      const { opened, planned } = await planAll(request);
      return previewOf(opened, planned);
    },

    'exports.writeAll': async ({ force, ...request }) => {
      const { opened, planned } = await planAll(request);
      if (planned.git === 'tracked' && !force) refuseTracked(opened.path);
      const { path, changed } = await planned.write();
      return { path, changed };
    },

    'exports.planUndo': async ({ path, variable }) => {
      const opened = await file(path);
      const { format, before, after } = await opened.planUndo(variable);
      const change = {
        path: opened.path,
        before: readableText(before),
        after: after === null ? null : readableText(after),
      };
      return previewChange(change, (line) =>
        format === null ? maskedLine(line, plain) : fileFormats[format].mask(line, plain),
      );
    },

    'exports.undo': async ({ path, variable }) => {
      const opened = await file(path);
      return { path: opened.path, removed: (await opened.undo(variable)).removed };
    },

    'exports.undoAll': async ({ path, variables }) => {
      const opened = await file(path);
      return { path: opened.path, removed: (await opened.undoAll(variables)).removed };
    },

    'exports.github': async () => (await session.varvel().exports.github()).list(null),

    'exports.writeGithub': async ({ profile, ...target }) => {
      const varvel = session.varvel();
      const github = await varvel.exports.github();
      const { repository, environment, variable } = await github.set(varvel.profiles.get(profile), target);
      return { repository, environment, variable };
    },

    'exports.removeGithub': async (target) => {
      await (await session.varvel().exports.github()).remove(target);
      return null;
    },

    'exports.list': () => session.varvel().exports.whereUsed(null),
  };
}

/** What would be written, with keys masked. */
function previewOf(
  { path, exists }: ExportTarget,
  { before, planned, format, warnings, git }: PlannedExports,
) {
  const change = { path, before: exists ? readableText(before) : null, after: readableText(planned.text) };
  return {
    change: previewChange(change, (line) => fileFormats[format].mask(line, plain)),
    format,
    warnings,
    tracked: git === 'tracked',
  };
}
