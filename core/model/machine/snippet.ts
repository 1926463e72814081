/** The languages that a snippet can be had in: those of fal's own clients, and curl. */
export const snippetLanguages = ['python', 'javascript', 'curl'] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

/** A program that calls a model with a profile's key. The key is not in it. */
export interface Snippet {
  /** The program's text. */
  code: string;
  /** The file that the text says it is saved as. */
  file: string;
  /** What installs fal's client; null where none is needed. */
  install: string | null;
  /** What runs the file with the profile's key. */
  run: string;
}
