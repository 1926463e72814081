declare module '*.module.css' {
  /** The class names of the file. test/unit/renderer/styles.test.ts checks that each is there. */
  const styles: Readonly<Record<string, string>>;
  // biome-ignore lint/style/noDefaultExport: what a CSS module has
  export default styles;
}

declare module '*.css';
