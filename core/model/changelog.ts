/** A release in CHANGELOG.md. */
export interface Release {
  /** Such as 0.2.0; `Unreleased` for what comes next. */
  version: string;
  /** The day, as YYYY-MM-DD; null before it is released. */
  date: string | null;
  /** Its text, in Markdown. */
  text: string;
}

/**
 * Reads the releases of a changelog, newest first, as [Keep a Changelog](https://keepachangelog.com/en/1.1.0/) lays it
 * out: each begins with `## [VERSION] - DATE`.
 */
export function releasesOf(changelog: string): Release[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .flatMap((part) => {
      const [heading = '', ...lines] = part.split('\n');
      const [, version, date] = heading.match(/^\[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?\s*$/) ?? [];
      return version === undefined ? [] : [{ version, date: date ?? null, text: lines.join('\n').trim() }];
    });
}
