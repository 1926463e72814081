/** The faces with a window. */
export const faceNames = ['desktop', 'web'] as const;
export type FaceName = (typeof faceNames)[number];
