import { shortPath } from '../../format/path.ts';
import { useHome } from '../../stores/window/face.ts';
import './path-text.css';

/** A path with ~ for the home folder. The tooltip has the full path. */
export function PathText({ path }: { path: string }) {
  return (
    <span className="path mono" title={path}>
      {shortPath(path, useHome())}
    </span>
  );
}
