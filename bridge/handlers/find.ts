import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

/** The largest file that the window searches, in bytes. */
const largest = 1024 ** 3;

/** How many copies the window gets. */
const mostShown = 2000;

/** The window is served by the same thread, which a search takes half of. */
const restMs = 5;

/** How often the window is told how far a search is, in milliseconds. */
const tellEveryMs = 100;

export function findHandlers({ session, face, jobs }: HandlerContext): Handlers<MethodsOf<'find'>> {
  return {
    'find.search': ({ run, roots, home, history, keyIds }) =>
      jobs.run(run, async (signal) => {
        const find = await session.varvel().find();
        let told = 0;
        const request = {
          roots: roots.map((root) => session.userPath(root)),
          home,
          keyIds,
          limits: { largest, otherFileSystems: false, history },
        };
        const findings = await find.search(request, {
          signal,
          restMs,
          progress({ copies, ...searched }) {
            const now = performance.now();
            if (now - told < tellEveryMs) return;
            told = now;
            face.emit('searching', { run, searched, copies });
          },
        });
        const { copies, count, searched, notSearched, left } = findings;
        return {
          copies: copies.slice(0, mostShown),
          count,
          searched,
          notSearched: notSearched.slice(0, mostShown),
          keysLeftOut: left.map(({ keyId }) => keyId),
        };
      }),

    'find.remove': ({ run, paths, keyIds, way }) =>
      jobs.run(run, async (signal) =>
        (await session.varvel().find()).remove(
          { paths: paths.map((path) => session.userPath(path)), keyIds, way },
          signal,
        ),
      ),

    'find.undo': async ({ id }) => (await session.varvel().find()).undoRemoval(id),
  };
}
