declare module '*.module.css' {
  /** The class names of the file. test/unit/renderer/styles.test.ts checks that each is there. */
  const styles: Readonly<Record<string, string>>;
  // biome-ignore lint/style/noDefaultExport: what a CSS module has
  export default styles;
}

declare module '*.css';

/** A file's text, as Vite brings it. */
declare module '*.md?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: what Vite makes of it
  export default text;
}
