import { EventEmitter } from 'node:events';
import type { Display, Rectangle, Screen } from 'electron';

type Shown = Pick<Display, 'id' | 'bounds' | 'workArea' | 'scaleFactor'>;

const displayOf = (workArea: Rectangle, index: number): Shown => ({
  id: index + 1,
  bounds: workArea,
  workArea,
  scaleFactor: 1,
});

/** The displays that STAND_IN_DISPLAYS names, as JSON; one of 1920 by 1080 without it. */
function displays(): Shown[] {
  const said: unknown = JSON.parse(process.env.STAND_IN_DISPLAYS ?? 'null');
  if (!Array.isArray(said)) return [displayOf({ x: 0, y: 0, width: 1920, height: 1080 }, 0)];
  return said.map(([x, y, width, height], index) => displayOf({ x, y, width, height }, index));
}

class StandInScreen
  extends EventEmitter
  implements Record<keyof Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>, unknown>
{
  getAllDisplays = (): Shown[] => displays();
  getPrimaryDisplay = (): Shown | undefined => displays()[0];
}

export const screen = new StandInScreen();
