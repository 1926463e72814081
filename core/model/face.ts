/** The faces with a window. */
export const faceNames = ['desktop', 'web'] as const;
export type FaceName = (typeof faceNames)[number];

/** Where an action can be started. */
export const actorFaces = ['terminal', ...faceNames] as const;

/** Who acts: a face, and the program that started it, such as `make`. Null where the system doesn't say. */
export interface Actor {
  face: (typeof actorFaces)[number];
  program: string | null;
}
